package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.router.plan.Route;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// What a client is told of a statement that it cannot have.
final class StatementErrors {
    private StatementErrors() {}

    static ErrorFields cannotUnlisten() {
        return error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "UNLISTEN in a transaction that began without it, or behind other messages of its batch")
                .withHint("Send it outside of transactions, before other messages.");
    }

    static ErrorFields sequencesLost() {
        return error(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "what this session got from sequences cannot be told from what others got")
                .withHint("Repeat the transaction, which now can be, or use INSERT … RETURNING.");
    }

    static ErrorFields unknown(ByteBuf in, int name, int nameBytes) {
        return error(
                SqlState.INVALID_SQL_STATEMENT_NAME,
                "prepared statement \"" + in.toString(name, nameBytes, StandardCharsets.UTF_8) + "\" does not exist");
    }

    static ErrorFields exists(String name) {
        return error(SqlState.DUPLICATE_PREPARED_STATEMENT, "prepared statement \"" + name + "\" already exists");
    }

    /// What cannot be prepared, or executed, by SQL.
    static ErrorFields notBySql(String command) {
        return error(SqlState.FEATURE_NOT_SUPPORTED, command + " of something that is no query")
                .withHint("Send it as it is, or let the driver prepare it by the protocol.");
    }

    static ErrorFields foreignType() {
        return error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "PREPARE with a parameter type that is not PostgreSQL's own, where tables are spread over"
                                + " shards")
                .withHint("Leave the types out, and write them where the parameters are used: $1::type.");
    }

    /// As PostgreSQL puts it.
    static ErrorFields miscounted(String name, int expected, int given) {
        return error(SqlState.SYNTAX_ERROR, "wrong number of parameters for prepared statement \"" + name + "\"")
                .withDetail("Expected " + expected + " parameters but got " + given + ".");
    }

    /// As PostgreSQL puts it.
    static ErrorFields unbound(int given, Route route) {
        return error(
                SqlState.PROTOCOL_VIOLATION,
                "bind message supplies " + given + " parameters, but the prepared statement requires "
                        + route.lastParameter());
    }

    static ErrorFields variableArgument() {
        return error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "EXECUTE with an argument that is not a constant, and on which the shard depends")
                .withHint("Give constants, or let the driver prepare the statement by the protocol.");
    }

    static ErrorFields portalIsDone(String name) {
        return error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
    }

    static ErrorFields reservedName() {
        return error(
                        SqlState.RESERVED_NAME,
                        "names of prepared statements that begin with \"" + PreparedStatement.PREFIX
                                + "\" are the proxy's")
                .withHint("Choose another name.");
    }

    /// As PostgreSQL puts it.
    static ErrorFields changedResult() {
        return error(SqlState.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
    }

    static ErrorFields tooMany(int max) {
        return error(SqlState.PROGRAM_LIMIT_EXCEEDED, "this client has " + max + " prepared statements already")
                .withHint("Close those that are not used, or raise limits.client-prepared-statements-max.");
    }

    private static ErrorFields error(SqlState state, String message) {
        return ErrorFields.error(Severity.ERROR, state, message);
    }
}
