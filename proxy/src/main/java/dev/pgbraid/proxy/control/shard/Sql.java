package dev.pgbraid.proxy.control.shard;

import java.util.Collection;
import java.util.stream.Collectors;

/// Writes names and texts so that SQL reads them as they are.
public final class Sql {
    private Sql() {}

    /// A name in quotes.
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A name in a schema.
    public static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /// A list of names.
    public static String names(Collection<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /// A text constant, which means the same whatever `standard_conforming_strings` says.
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
