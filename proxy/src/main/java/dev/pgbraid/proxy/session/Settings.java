package dev.pgbraid.proxy.session;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The run-time parameters of a session that differ from what the server gives its login, by names in lower case.
///
/// Equal settings are one object within an event loop, so that comparing them costs nothing.
public final class Settings {
    public static final Settings NONE = new Settings(new TreeMap<>());

    /// Who the session acts as, set last and reset first: who it acts as decides what else it may set.
    private static final List<String> IDENTITY = List.of("session_authorization", "role");

    /// What has no part in how the text of a statement is understood.
    private static final Set<String> MEANINGLESS = Set.of(
            "application_name",
            "client_min_messages",
            "extra_float_digits",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "lock_timeout",
            "statement_timeout",
            "transaction_timeout");

    /// What decides which objects the names in a text stand for, and where it runs.
    private static final Set<String> MEANINGFUL = Set.of(
            "role",
            "search_path",
            "session_authorization",
            "pgbraid.key",
            "pgbraid.shard",
            "pgdog.shard",
            "pgdog.sharding_key");

    private final NavigableMap<String, String> values;
    private final String meaning;

    public Settings(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
        this.meaning = values.entrySet().stream()
                .filter(entry -> !MEANINGLESS.contains(entry.getKey()))
                .map(entry -> entry.getKey() + '=' + entry.getValue() + '\0')
                .collect(Collectors.joining());
    }

    /// Whether a setting decides which objects the names in a text stand for, or where it runs.
    public static boolean decidesMeaning(String name) {
        return MEANINGFUL.contains(name);
    }

    public NavigableMap<String, String> values() {
        return values;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /// The same for all settings under which a statement's text means the same.
    public String meaning() {
        return meaning;
    }

    /// The statements that lead from these settings to `next`.
    public String changeTo(Settings next) {
        StringBuilder sql = new StringBuilder(128);
        boolean isOther = IDENTITY.stream().anyMatch(name -> differs(next, name));
        if (isOther) {
            IDENTITY.stream().filter(values::containsKey).forEach(name -> reset(sql, name));
        }
        for (String name : values.keySet()) {
            if (!next.values.containsKey(name) && !IDENTITY.contains(name)) {
                reset(sql, name);
            }
        }
        for (String name : next.values.keySet()) {
            if (differs(next, name) && !IDENTITY.contains(name)) {
                next.set(sql, name);
            }
        }
        if (isOther) {
            IDENTITY.stream().filter(next.values::containsKey).forEach(name -> next.set(sql, name));
        }
        return sql.toString();
    }

    private boolean differs(Settings next, String name) {
        String value = values.get(name);
        return value == null ? next.values.containsKey(name) : !value.equals(next.values.get(name));
    }

    private static void reset(StringBuilder sql, String name) {
        sql.append("RESET ").append(quotedName(name)).append(';');
    }

    private void set(StringBuilder sql, String name) {
        sql.append("SELECT pg_catalog.set_config(")
                .append(literal(name))
                .append(',')
                .append(literal(values.getOrDefault(name, "")))
                .append(",false);");
    }

    /// A name of a setting, whose parts are names of their own.
    private static String quotedName(String name) {
        return '"' + name.replace("\"", "\"\"").replace(".", "\".\"") + '"';
    }

    /// A literal that means the same with and without `standard_conforming_strings`, and in any encoding.
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 3).append("E'");
        text.codePoints().forEach(character -> {
            if (character == '\'' || character == '\\') {
                literal.append('\\').append((char) character);
            } else if (character < 0x80) {
                literal.append((char) character);
            } else {
                literal.append(String.format("\\U%08X", character));
            }
        });
        return literal.append('\'').toString();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Settings settings && values.equals(settings.values));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
