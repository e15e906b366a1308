package dev.pgbraid.proxy.router.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The statements of the files that lie beside the tests. A semicolon ends one only at the end of a line.
final class Statements {
    private Statements() {}

    static List<String> of(String file) {
        try (InputStream in = Statements.class.getResourceAsStream("/statements/" + file + ".sql")) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split(";\n")).filter(sql -> !sql.isBlank()).toList();
        } catch (IOException problem) {
            throw new AssertionError(file, problem);
        }
    }
}
