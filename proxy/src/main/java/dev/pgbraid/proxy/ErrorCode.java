package dev.pgbraid.proxy;

import dev.pgbraid.protocol.SqlState;

/// Every error the proxy itself can report, as opposed to one that a shard reported.
public enum ErrorCode {
    PROTOCOL_VIOLATION(SqlState.PROTOCOL_VIOLATION, Scope.SESSION, Retry.POINTLESS),
    UNSUPPORTED(SqlState.FEATURE_NOT_SUPPORTED, Scope.STATEMENT, Retry.POINTLESS),
    LIMIT_EXCEEDED(SqlState.PROGRAM_LIMIT_EXCEEDED, Scope.STATEMENT, Retry.POINTLESS),
    LOGIN_REFUSED(SqlState.INVALID_PASSWORD, Scope.SESSION, Retry.POINTLESS),
    /// Refused for who or where the client is, whatever it could prove.
    LOGIN_REJECTED(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, Scope.SESSION, Retry.POINTLESS),
    ENCRYPTION_REQUIRED(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, Scope.SESSION, Retry.POINTLESS),
    DATABASE_UNKNOWN(SqlState.INVALID_CATALOG_NAME, Scope.SESSION, Retry.POINTLESS),
    /// It is not said which of several shards is meant.
    REPLICATION_UNCLEAR(SqlState.INVALID_PARAMETER_VALUE, Scope.SESSION, Retry.POINTLESS),
    STARTUP_OPTION_INVALID(SqlState.SYNTAX_ERROR, Scope.SESSION, Retry.POINTLESS),
    TOO_MANY_CLIENTS(SqlState.TOO_MANY_CONNECTIONS, Scope.SESSION, Retry.SAFE),
    /// The shard that knows the users cannot be asked.
    USERS_UNKNOWN(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, Scope.SESSION, Retry.SAFE),
    TOO_MANY_LOGINS(SqlState.TOO_MANY_CONNECTIONS, Scope.SESSION, Retry.SAFE),
    LOGIN_TIMEOUT(SqlState.QUERY_CANCELED, Scope.SESSION, Retry.SAFE),
    CONFIG_UNUSABLE(SqlState.CONFIG_FILE_ERROR, Scope.SESSION, Retry.POINTLESS),
    ADDRESS_UNUSABLE(SqlState.CONFIG_FILE_ERROR, Scope.SESSION, Retry.POINTLESS),
    /// No backend became free in time.
    CHECKOUT_TIMEOUT(SqlState.TOO_MANY_CONNECTIONS, Scope.STATEMENT, Retry.SAFE),
    CANCELED(SqlState.QUERY_CANCELED, Scope.STATEMENT, Retry.SAFE),
    /// No connection to the shard can be made.
    SHARD_UNREACHABLE(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, Scope.STATEMENT, Retry.SAFE),
    /// The shard refuses the proxy's login.
    SHARD_REFUSES_LOGIN(SqlState.SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION, Scope.STATEMENT, Retry.SAFE),
    /// The connection to a shard ended in the middle of the session's work on it.
    SHARD_LOST(SqlState.CONNECTION_FAILURE, Scope.SESSION, Retry.OUTCOME_UNKNOWN),
    CLIENT_IDLE(SqlState.IDLE_SESSION_TIMEOUT, Scope.SESSION, Retry.SAFE),
    TRANSACTION_IDLE(SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT, Scope.SESSION, Retry.SAFE),
    /// What was under way when it came may have been the commit.
    TRANSACTION_TIMEOUT(SqlState.TRANSACTION_TIMEOUT, Scope.SESSION, Retry.OUTCOME_UNKNOWN),
    SHUTTING_DOWN(SqlState.ADMIN_SHUTDOWN, Scope.SESSION, Retry.SAFE),
    INTERNAL(SqlState.INTERNAL_ERROR, Scope.SESSION, Retry.OUTCOME_UNKNOWN);

    private final SqlState sqlState;
    private final Scope scope;
    private final Retry retry;

    ErrorCode(SqlState sqlState, Scope scope, Retry retry) {
        this.sqlState = sqlState;
        this.scope = scope;
        this.retry = retry;
    }

    public SqlState sqlState() {
        return sqlState;
    }

    public Scope scope() {
        return scope;
    }

    public Retry retry() {
        return retry;
    }

    /// How much of the client's work the error ends.
    public enum Scope {
        /// `ERROR`; the session goes on.
        STATEMENT,
        /// `FATAL`; the connection is closed after the message is flushed.
        SESSION
    }

    /// What the client may conclude about repeating the statement.
    public enum Retry {
        /// Nothing reached a shard.
        SAFE,
        /// A shard may have executed it.
        OUTCOME_UNKNOWN,
        POINTLESS
    }
}
