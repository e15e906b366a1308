package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A question to a server: what has the session, now that its transaction is over?
///
/// Asking makes roll-backs, savepoints, defaults and spellings the server's business, which knows best. Names and
/// values travel in hexadecimal, so that they arrive whatever the client's encoding is.
public final class Inspection implements Question {
    private static final String SETTING = "s";
    private static final String TIE = "t";
    private static final String CHANNEL = "c";
    private static final String TEMPORARY = "n";

    /// Settings that end with each transaction, whatever their source says.
    private static final String TRANSIENT =
            "('transaction_isolation', 'transaction_read_only', 'transaction_deferrable')";

    private final SessionChanges changes;
    private final Set<String> unlisted;
    private final Belongings asker;
    private final NavigableMap<String, String> settings = new TreeMap<>();
    private final Set<Tie> ties = EnumSet.noneOf(Tie.class);
    private final Set<String> channels = new HashSet<>();
    private final Set<String> temporary = new HashSet<>();
    private boolean refused;
    private boolean canceled;

    /// @param unlisted settings that the server leaves out when it lists all, and that may be there
    Inspection(SessionChanges changes, Set<String> unlisted, Belongings asker) {
        this.changes = changes;
        this.unlisted = unlisted;
        this.asker = asker;
    }

    /// Whether the answer covers all settings that differ from the server's own, or only those with these names.
    boolean isOfEverySetting() {
        return changes.everySetting();
    }

    SessionChanges changes() {
        return changes;
    }

    boolean isRefused() {
        return refused;
    }

    /// Whether a request to cancel what the client had asked before has come late and hit this.
    boolean isCanceled() {
        return canceled;
    }

    NavigableMap<String, String> settings() {
        return settings;
    }

    Set<Tie> ties() {
        return ties;
    }

    /// The names of temporary tables, views and sequences.
    Set<String> temporary() {
        return temporary;
    }

    /// What the server's session listens to.
    Set<String> channels() {
        return channels;
    }

    @Override
    public String sql() {
        StringBuilder sql = new StringBuilder(512);
        names(sql);
        if (changes.everySetting()) {
            sql.append(" UNION ALL ");
            everySetting(sql);
        }
        if (changes.looses() || !changes.ties().isEmpty()) {
            ties(sql);
        }
        return sql.toString();
    }

    private void names(StringBuilder sql) {
        sql.append("SELECT '" + SETTING + "', ");
        hex(sql, "n");
        sql.append(", ");
        hex(sql, "pg_catalog.current_setting(n, true)");
        sql.append(" FROM pg_catalog.unnest(ARRAY['role', 'session_authorization'");
        Set<String> names = new TreeSet<>(changes.settings());
        names.addAll(unlisted);
        for (String name : names) {
            sql.append(", ").append(Settings.literal(name));
        }
        sql.append("]::pg_catalog.text[]) AS n WHERE pg_catalog.current_setting(n, true) IS NOT NULL");
    }

    private static void everySetting(StringBuilder sql) {
        sql.append("SELECT '" + SETTING + "', ");
        hex(sql, "name");
        sql.append(", ");
        hex(sql, "setting");
        sql.append(" FROM pg_catalog.pg_settings WHERE source OPERATOR(pg_catalog.=) 'session'");
        sql.append(" AND name NOT IN " + TRANSIENT);
    }

    private static void hex(StringBuilder sql, String text) {
        sql.append("pg_catalog.encode(pg_catalog.convert_to(").append(text).append(", 'UTF8'), 'hex')");
    }

    private static void ties(StringBuilder sql) {
        tie(
                sql,
                Tie.TEMPORARY_OBJECT,
                "pg_catalog.pg_depend WHERE refclassid OPERATOR(pg_catalog.=)"
                        + " 'pg_catalog.pg_namespace'::pg_catalog.regclass"
                        + " AND refobjid OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()");
        tie(
                sql,
                Tie.ADVISORY_LOCK,
                "pg_catalog.pg_locks WHERE locktype OPERATOR(pg_catalog.=) 'advisory'"
                        + " AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()");
        tie(sql, Tie.HELD_CURSOR, "pg_catalog.pg_cursors WHERE is_holdable");
        tie(
                sql,
                Tie.PREPARED,
                "pg_catalog.pg_prepared_statements WHERE from_sql OR NOT pg_catalog.starts_with(name, '"
                        + PreparedStatement.PREFIX + "')");
        sql.append(" UNION ALL SELECT '" + CHANNEL + "', ");
        hex(sql, "c");
        sql.append(", '' FROM pg_catalog.pg_listening_channels() AS c");
        sql.append(" UNION ALL SELECT '" + TEMPORARY + "', ");
        hex(sql, "relname::pg_catalog.text");
        sql.append(", '' FROM pg_catalog.pg_class"
                + " WHERE relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()");
    }

    private static void tie(StringBuilder sql, Tie tie, String relation) {
        sql.append(" UNION ALL SELECT '" + TIE + "', '")
                .append(tie.name())
                .append("', '' WHERE EXISTS (SELECT 1 FROM ")
                .append(relation)
                .append(')');
    }

    @Override
    public void received(DataRow row) {
        String name = text(row.values().get(1));
        switch (text(row.values().getFirst())) {
            case TIE -> ties.add(Tie.valueOf(name));
            case CHANNEL -> {
                ties.add(Tie.LISTENING);
                channels.add(decoded(name));
            }
            case TEMPORARY -> temporary.add(decoded(name));
            default ->
                settings.put(
                        decoded(name).toLowerCase(Locale.ROOT),
                        decoded(text(row.values().get(2))));
        }
    }

    /// The server could not answer.
    @Override
    public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
        refused = true;
        canceled = error.get(ErrorFields.CODE)
                .filter(ByteString.utf8(SqlState.QUERY_CANCELED.code())::equals)
                .isPresent();
        return Optional.of(List.of());
    }

    @Override
    public void confirmed() {
        asker.inspected(this);
    }

    private static String text(WireValue value) {
        return switch (value) {
            case WireValue.Bytes(ByteString bytes) -> bytes.toString();
            case WireValue.Null _ -> "";
        };
    }

    private static String decoded(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
