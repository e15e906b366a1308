package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Query.Locking;
import dev.pgbraid.router.tree.Query.Strength;
import dev.pgbraid.router.tree.Query.Waiting;
import java.util.List;

/// Reads `FOR UPDATE` and its relatives.
final class Lockings {
    private Lockings() {}

    static Locking read(Cursor in) {
        int first = in.position();
        in.expect("for");
        Strength strength = strength(in);
        List<List<String>> tables = in.accept("of") ? in.list(in::qualifiedName) : List.of();
        Waiting waiting = waiting(in);
        return new Locking(in.spanFrom(first), strength, tables, waiting);
    }

    private static Strength strength(Cursor in) {
        if (in.accept("no", "key", "update")) {
            return Strength.NO_KEY_UPDATE;
        }
        if (in.accept("key", "share")) {
            return Strength.KEY_SHARE;
        }
        if (in.accept("share")) {
            return Strength.SHARE;
        }
        in.expect("update");
        return Strength.UPDATE;
    }

    private static Waiting waiting(Cursor in) {
        if (in.accept("nowait")) {
            return Waiting.NOWAIT;
        }
        return in.accept("skip", "locked") ? Waiting.SKIP_LOCKED : Waiting.WAIT;
    }
}
