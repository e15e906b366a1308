package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Kind;
import dev.pgbraid.config.key.NamedBlocks;
import dev.pgbraid.config.key.Scalar;
import dev.pgbraid.config.key.ScalarList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the reference of all keys, from the keys and the documentation of their records.
final class Reference {
    private static final Pattern MEANING = Pattern.compile("(.*)\\. Reload: (.*)\\.");

    private static final String HEAD = """
        # Every key of the configuration file

        <!-- Written by ReferenceTest from the records in src/main/java. Do not edit it here. -->

        `<name>` stands for a name that you choose. A default of *required* means that there is none. The last
        column says what a reload applies a changed value to; *no* means that the change takes a restart.

        - A duration is a number and `ms`, `s`, `m` or `h`; a size is a number and `B`, `KiB`, `MiB` or `GiB`.
        - A file is a path, relative to the directory of the configuration file.
        - In every value `${env:NAME}` stands for an environment variable, `${file:PATH}` for what is in a file
          (without the end of its last line), and `$${` for the characters `${`.
        - A secret is never shown or logged.
        """;

    private final RecordDocs docs;
    private final StringBuilder text = new StringBuilder(HEAD);

    private Reference(RecordDocs docs) {
        this.docs = docs;
    }

    static String render(RecordDocs docs) {
        Reference reference = new Reference(docs);
        for (Key<?> key : ProxyConfig.BLOCK.keys()) {
            reference.section(key);
        }
        return reference.text.toString();
    }

    private void section(Key<?> key) {
        String meaning = meaning(ProxyConfig.BLOCK, key).group(1);
        text.append("\n## ").append(key.name()).append("\n\n");
        text.append(Character.toUpperCase(meaning.charAt(0))).append(meaning.substring(1));
        text.append(".\n\n| key | type | default | meaning | reload |\n|---|---|---|---|---|\n");
        below(key.name(), key.kind());
    }

    private void below(String path, Kind<?> kind) {
        switch (kind) {
            case Scalar<?> _, ScalarList<?, ?> _ -> {}
            case Block<?> block -> block.keys().forEach(key -> key(path + "." + key.name(), block, key));
            case NamedBlocks<?, ?> blocks -> {
                key(path + ".<name>", blocks.block(), blocks.name());
                below(path + ".<name>", blocks.block());
            }
        }
    }

    private void key(String path, Block<?> block, Key<?> key) {
        switch (key.kind()) {
            case Scalar<?> scalar -> row(path, scalar.type(), key.defaultText(), meaning(block, key));
            case ScalarList<?, ?> list ->
                row(path, "list of " + list.element().type() + "s", key.defaultText(), meaning(block, key));
            case Block<?> _ -> below(path, key.kind());
            case NamedBlocks<?, ?> _ -> {
                row(path, "blocks by name", key.defaultText(), meaning(block, key));
                below(path, key.kind());
            }
        }
    }

    private void row(String path, String type, String defaultText, Matcher meaning) {
        text.append("| `%s` | %s | %s | %s | %s |\n"
                .formatted(path, type, defaultText, meaning.group(1), meaning.group(2)));
    }

    private Matcher meaning(Block<?> block, Key<?> key) {
        String documented = docs.components(block.record()).getOrDefault(key.component(), "");
        Matcher meaning = MEANING.matcher(documented);
        if (!meaning.matches()) {
            throw new AssertionError("%s needs \"@param %s … Reload: ….\", has \"%s\""
                    .formatted(block.record().getSimpleName(), key.component(), documented));
        }
        return meaning;
    }
}
