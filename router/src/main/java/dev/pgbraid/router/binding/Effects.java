package dev.pgbraid.router.binding;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What else a statement does or depends on, with the first name of each kind that says so.
public final class Effects {
    private final Map<Effect, String> found = new EnumMap<>(Effect.class);
    private int volatiles;

    /// A kind of effect.
    public enum Effect {
        /// It may give another result at each call.
        VOLATILE,
        /// It depends on when the transaction began, by the clock of a server.
        CLOCK,
        /// It depends on one server or changes something there.
        SERVER,
        /// It runs code of users that may read any table.
        USER_CODE,
        /// Calls code that users have written in the database, which can read any table.
        HIDDEN_CODE,
        /// Code of users that may also write.
        USER_WRITE,
        /// It reads columns that tell where a row is stored.
        SYSTEM_COLUMN,
        /// It locks rows.
        ROW_LOCK,
        /// It locks rows of tables of which every shard has a copy.
        REFERENCE_LOCK
    }

    void add(Effect effect, String name) {
        found.putIfAbsent(effect, name);
        if (effect == Effect.VOLATILE) {
            volatiles++;
        }
    }

    /// How many volatile calls have been seen, to tell whether a part of a statement has some.
    int volatiles() {
        return volatiles;
    }

    public boolean has(Effect effect) {
        return found.containsKey(effect);
    }

    /// What has the effect.
    public Optional<String> name(Effect effect) {
        return Optional.ofNullable(found.get(effect));
    }
}
