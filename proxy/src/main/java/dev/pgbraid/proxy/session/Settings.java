package dev.pgbraid.proxy.session;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The run-time parameters that a client asked for when it connected.
///
/// Equal settings are one object within an event loop, so that comparing them costs nothing.
public record Settings(SortedMap<String, String> values) {
    public static final Settings NONE = new Settings(new TreeMap<>());

    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /// The statements that lead from these settings to `next`.
    public String changeTo(Settings next) {
        StringBuilder sql = new StringBuilder(128);
        for (String name : values.keySet()) {
            if (!next.values.containsKey(name)) {
                sql.append("RESET ").append(quoted(name, '"')).append(';');
            }
        }
        next.values.forEach((name, value) -> sql.append("SELECT pg_catalog.set_config(")
                .append(literal(name))
                .append(',')
                .append(literal(value))
                .append(",false);"));
        return sql.toString();
    }

    private static String quoted(String text, char quote) {
        String one = String.valueOf(quote);
        return quote + text.replace(one, one + one) + quote;
    }

    /// A literal that means the same with and without `standard_conforming_strings`.
    private static String literal(String text) {
        return "E" + quoted(text.replace("\\", "\\\\"), '\'');
    }
}
