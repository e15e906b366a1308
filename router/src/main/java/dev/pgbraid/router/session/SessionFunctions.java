package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.lexer.WordTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The functions of PostgreSQL and its extensions that change the state of the session.
///
/// A call is known by its name alone, in whatever schema, so a function of the user's with such a name counts too. A
/// call that is inside another function or a view cannot be seen.
public final class SessionFunctions {
    private static final Map<String, SessionEffect> EFFECTS = new TreeMap<>();

    static {
        put(SessionEffect.SETTING, "set_config set_limit");
        put(SessionEffect.SESSION_LOCK, "pg_advisory_lock pg_advisory_lock_shared");
        put(SessionEffect.SESSION_LOCK, "pg_try_advisory_lock pg_try_advisory_lock_shared");
        put(SessionEffect.SESSION_UNLOCK, "pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all");
        put(SessionEffect.TRANSACTION_LOCK, "pg_advisory_xact_lock pg_advisory_xact_lock_shared");
        put(SessionEffect.TRANSACTION_LOCK, "pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared");
        put(SessionEffect.RANDOM_SEED, "setseed");
        put(SessionEffect.SNAPSHOT_EXPORT, "pg_export_snapshot");
        put(SessionEffect.SEQUENCE_ADVANCE, "nextval setval");
        put(SessionEffect.SEQUENCE_READ, "currval lastval");
        put(SessionEffect.DBLINK, "dblink dblink_connect dblink_connect_u dblink_disconnect dblink_get_connections");
        put(SessionEffect.DBLINK, "dblink_exec dblink_open dblink_fetch dblink_close dblink_error_message");
        put(SessionEffect.DBLINK, "dblink_send_query dblink_is_busy dblink_get_notify dblink_get_result");
        put(SessionEffect.DBLINK, "dblink_cancel_query");
        put(SessionEffect.LARGE_OBJECT, "lo_open lo_close loread lowrite lo_lseek lo_lseek64");
        put(SessionEffect.LARGE_OBJECT, "lo_tell lo_tell64 lo_truncate lo_truncate64");
        put(SessionEffect.REPLICATION, "pg_replication_origin_session_setup pg_replication_origin_session_reset");
        put(SessionEffect.REPLICATION, "pg_replication_origin_session_is_setup pg_replication_origin_session_progress");
        put(SessionEffect.REPLICATION, "pg_replication_origin_xact_setup pg_replication_origin_xact_reset");
        put(SessionEffect.REPLICATION, "pg_create_physical_replication_slot pg_create_logical_replication_slot");
        put(SessionEffect.REPLICATION, "pg_copy_physical_replication_slot pg_copy_logical_replication_slot");
        put(SessionEffect.BACKUP, "pg_backup_start pg_backup_stop");
        put(SessionEffect.NOTIFICATION, "pg_notify");
    }

    private static final WordTable NAMES = new WordTable(EFFECTS.keySet());
    private static final List<SessionEffect> EFFECT_OF_NAME = new ArrayList<>(EFFECTS.values());

    private SessionFunctions() {}

    /// What the calls among the tokens from `first` to before `end` do to the session.
    public static Set<SessionEffect> effects(Tokens tokens, int first, int end) {
        Set<SessionEffect> effects = Set.of();
        for (int token = first + 1; token < end; token++) {
            int name = tokens.kind(token) == TokenKind.OPEN ? name(tokens, token - 1) : NAMES.none();
            if (name != NAMES.none()) {
                effects = effects.isEmpty() ? EnumSet.noneOf(SessionEffect.class) : effects;
                effects.add(EFFECT_OF_NAME.get(name));
            }
        }
        return effects.isEmpty() ? effects : Collections.unmodifiableSet(effects);
    }

    /// Whether a token is the name of one of these functions.
    public static boolean isName(Tokens tokens, int token) {
        return name(tokens, token) != NAMES.none();
    }

    private static int name(Tokens tokens, int token) {
        TokenKind kind = tokens.kind(token);
        if (kind == TokenKind.WORD) {
            return NAMES.find(tokens.text(), tokens.start(token), tokens.end(token));
        }
        if (!kind.isQuotedName()) {
            return NAMES.none();
        }
        String name = tokens.name(token);
        int found = NAMES.find(name);
        // Quotes keep the case, and these functions have names in lower case.
        return NAMES.word(found).equals(name) ? found : NAMES.none();
    }

    private static void put(SessionEffect effect, String names) {
        for (String name : List.of(names.split(" ", -1))) {
            EFFECTS.put(name, effect);
        }
    }
}
