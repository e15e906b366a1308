package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.control.table.TableOutcome;
import dev.pgbraid.proxy.session.Tie;
import dev.pgbraid.router.plan.Plan;
import java.util.Set;

/// What a client is told of a statement that cannot run where it would have to.
final class RouteErrors {
    /// What stands for the name of a shard where there are several.
    static final String SEVERAL = "several";

    private RouteErrors() {}

    static ErrorFields of(Plan.Refused refused) {
        ErrorFields error = error(SqlState.FEATURE_NOT_SUPPORTED, refused.message())
                .with(ErrorFields.CODE, refused.sqlState())
                .withHint(refused.hint());
        return refused.detail().map(error::withDetail).orElse(error);
    }

    static ErrorFields secondShard(String first, String second) {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a transaction over several shards")
                .withDetail("It is on shard " + first + ", and this statement is for shard " + second + ".")
                .withHint("Commit before, or keep to rows of one shard.");
    }

    static ErrorFields secondWriter(String first, String second) {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a transaction that writes on several shards")
                .withDetail("It has written on shard " + first + ", and this statement is to do so on shard " + second
                        + ".")
                .withHint("Commit before, or write rows of one shard; those of others can be read.");
    }

    static ErrorFields aloneInSpread() {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a statement that ties the session to one shard")
                .withDetail("Several shards have parts of the transaction.")
                .withHint("Send it outside of the transaction.");
    }

    static ErrorFields portalOfSeveral(String portal) {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "more rows of portal \"" + portal + "\"")
                .withDetail("Its rows are on several shards, and were asked for up to a number.")
                .withHint("Ask for all of them at once: do not set a fetch size.");
    }

    static ErrorFields tied(Set<Tie> ties, String first, String second) {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a statement for shard " + second + " in a session of " + first)
                .withDetail("The session has what only shard " + first + " knows: " + ties + ".")
                .withHint("Drop that first, or use another connection.");
    }

    static ErrorFields severalInTransaction() {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a statement for several shards in a transaction")
                .withHint("Send it outside of transactions.");
    }

    static ErrorFields placementChanged() {
        return error(SqlState.SERIALIZATION_FAILURE, "the rows of a table have been moved meanwhile")
                .withHint("Repeat the transaction.");
    }

    static ErrorFields callInTransaction(String function) {
        return error(SqlState.ACTIVE_SQL_TRANSACTION, "pgbraid." + function + " cannot run inside a transaction block")
                .withHint("Send it outside of transactions.");
    }

    /// What the call of a function is answered with that has not done what it is for.
    static ErrorFields of(TableOutcome outcome) {
        return switch (outcome) {
            case TableOutcome.Refused(String sqlState, String message, String hint) ->
                error(SqlState.FEATURE_NOT_SUPPORTED, message)
                        .with(ErrorFields.CODE, sqlState)
                        .withHint(hint);
            case TableOutcome.Unknown(String message) ->
                error(SqlState.TRANSACTION_RESOLUTION_UNKNOWN, message)
                        .withHint("It is settled as soon as the shards can be reached; see pgbraid.tables then.");
            case TableOutcome.Done done -> throw new IllegalArgumentException(done.words());
        };
    }

    static ErrorFields meaningLost() {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "a statement whose names may stand for other tables by now")
                .withDetail("Something in the transaction may have changed the search path or the role.")
                .withHint("Set them before the transaction, or by a plain SET with a value.");
    }

    static ErrorFields inFailedTransaction() {
        return error(
                SqlState.IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
    }

    static ErrorFields bug(Throwable problem) {
        return error(SqlState.INTERNAL_ERROR, "the statement could not be read: " + problem)
                .withHint("The log of the proxy says more.");
    }

    private static ErrorFields error(SqlState state, String message) {
        return ErrorFields.error(Severity.ERROR, state, message);
    }
}
