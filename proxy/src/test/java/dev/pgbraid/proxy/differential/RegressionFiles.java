package dev.pgbraid.proxy.differential;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The statements of PostgreSQL's own regression tests.
final class RegressionFiles {
    private static final Pattern COPIED_DATA = Pattern.compile("(?msi)^copy [^;]*from stdin[^;]*;.*?^\\\\\\.$");
    private static final Pattern END_BY_COMMAND = Pattern.compile("(?m)\\\\(g|gx|gset|gdesc|gexec|crosstabview|;).*$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*\\\\.*$");
    private static final Set<String> QUERIES = Set.of("select", "values", "with", "table", "(");

    /// What looks at or changes more than rows, or waits.
    private static final Pattern NO_READING = Pattern.compile(
            "(?i)\\b(insert|update|delete|merge|into|nextval|setval|set_config|pg_sleep|lo_\\w+|\\w*advisory\\w*"
                    + "|pg_(terminate|cancel|reload|rotate|switch|create|drop|logical|replication|promote|read|ls|stat|"
                    + "backend|notification|current|export|log|safe|wal|blocking|prepared|cursors|locks)\\w*"
                    + "|dblink\\w*|txid\\w*|random\\w*|gen_random_uuid|infinite_recurse)\\b");

    private final Path directory;

    RegressionFiles(Path directory) {
        this.directory = directory;
    }

    /// The statements that define tables with rows.
    List<String> definitions() {
        return statements().stream().filter(RegressionFiles::isDefinition).toList();
    }

    private static boolean isDefinition(String statement) {
        String start = statement.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        boolean isTable =
                start.startsWith("create table ") && !start.contains(" partition ") && !start.contains("inherits");
        return isTable
                || start.startsWith("insert into ")
                || start.startsWith("create domain ")
                || start.startsWith("create type ")
                || start.startsWith("create view ");
    }

    /// The statements that only read, each once.
    List<String> queries() {
        return statements().stream()
                .filter(statement -> QUERIES.contains(first(statement)))
                .filter(statement -> !NO_READING.matcher(statement).find())
                .distinct()
                .toList();
    }

    private static String first(String statement) {
        Tokens tokens = read(statement);
        return tokens.count() == 0 ? "" : tokens.written(0).toLowerCase(Locale.ROOT);
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (Path file : files()) {
            Tokens tokens = read(text(file));
            for (int statement = 0; statement < tokens.statementCount(); statement++) {
                statements.add(new String(tokens.copy(statement), StandardCharsets.UTF_8).strip());
            }
        }
        return statements;
    }

    private static Tokens read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Lexer().read(bytes, 0, bytes.length, TextRules.DEFAULT);
    }

    /// The setup first, which makes the tables that all others use.
    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted((one, other) -> key(one).compareTo(key(other)))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String key(Path file) {
        String name = file.getFileName().toString();
        return (name.equals("test_setup.sql") ? "0" : "1") + name;
    }

    private static String text(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            String withoutData = COPIED_DATA.matcher(text).replaceAll("");
            String withoutCommands = COMMAND.matcher(withoutData).replaceAll("");
            return END_BY_COMMAND.matcher(withoutCommands).replaceAll(";");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
