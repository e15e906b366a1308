package dev.pgbraid.router.utility;

import dev.pgbraid.router.plan.Plan;
import java.util.Optional;

/// The words in which statements are refused.
final class Refusals {
    private static final String NOT_SUPPORTED = "0A000";
    private static final String HELD_BY_SEVERAL = "yet for a table that several shards hold";
    private static final String SHARD_HINT = "name the shard with a comment: /* pgbraid: shard=… */.";

    private Refusals() {}

    static Plan.Refused of(String message, String hint) {
        return new Plan.Refused(NOT_SUPPORTED, message, Optional.empty(), hint);
    }

    static Plan.Refused unreadable(String command) {
        return of(
                "cannot tell what " + command + " is about here",
                "Write it as PostgreSQL's manual does, or run it on one shard after another: " + SHARD_HINT);
    }

    static Plan.Refused unknown(String command, String reason) {
        return of(
                "cannot tell where " + command + " has to run: " + reason,
                "Run it on one shard after another: " + SHARD_HINT);
    }

    static Plan.Refused mixed(String command) {
        return of(
                command + " is about relations that are not on the same shards",
                "Send one statement for those on one shard and another one for those on all shards.");
    }

    private static Plan.Refused unsupported(String command, String where, String hint) {
        return of(command + " is not supported " + where, hint);
    }

    static Plan.Refused ofServer(String command) {
        return unsupported(command, "by a database of several shards", "Do it on each server, or " + SHARD_HINT);
    }

    static Plan.Refused rowsIn(String command) {
        return unsupported(command, HELD_BY_SEVERAL, "INSERT the rows, each by its key, or " + SHARD_HINT);
    }

    static Plan.Refused rowsOut(String command) {
        return unsupported(
                command, "yet for a table whose rows are on several shards", "Run a SELECT, or " + SHARD_HINT);
    }

    static Plan.Refused lock(String command) {
        return unsupported(
                command, HELD_BY_SEVERAL, "Lock the rows of a key with SELECT … FOR UPDATE, or " + SHARD_HINT);
    }

    static Plan.Refused rule(String command) {
        return unsupported(
                command, "for a table that several shards hold", "A rule changes what statements mean; use a trigger.");
    }
}
