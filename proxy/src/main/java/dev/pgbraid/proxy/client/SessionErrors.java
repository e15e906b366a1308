package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;

/// What a session tells its client when the proxy ends it, or a statement of it.
final class SessionErrors {
    static final ErrorFields WAITING = ErrorFields.error(
            Severity.NOTICE, SqlState.SUCCESSFUL_COMPLETION, "still waiting for a connection to the server");

    private SessionErrors() {}

    /// @param draining whether the proxy stops; otherwise the configuration has no place for the session any more
    static ProxyException shutdown(boolean draining) {
        return new ProxyException(
                ErrorCode.SHUTTING_DOWN,
                "terminating connection due to administrator command",
                draining
                        ? "The proxy is stopping; connect again."
                        : "The configuration of the proxy has changed; connect again.");
    }

    /// What a server says of a statement that has been canceled.
    static ErrorFields canceled() {
        return ErrorFields.error(Severity.ERROR, SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }

    static ProxyException usersUnknown() {
        return new ProxyException(
                ErrorCode.USERS_UNKNOWN, "users cannot be looked up at the moment", "The log of the proxy says why.");
    }

    static ProxyException killed() {
        return new ProxyException(
                ErrorCode.SHUTTING_DOWN,
                "terminating connection due to administrator command",
                "An administrator of the proxy has ended it.");
    }

    static ProxyException canceledInQueue() {
        return new ProxyException(
                ErrorCode.CANCELED,
                "canceling statement due to user request",
                "It was still waiting for a connection.");
    }

    static ProxyException canceledAhead() {
        return new ProxyException(
                ErrorCode.CANCELED, "canceling statement due to user request", "No server had been sent it yet.");
    }

    static ProxyException clientIdle() {
        return new ProxyException(
                ErrorCode.CLIENT_IDLE,
                "terminating connection due to idle-session timeout",
                "See timeouts.client-idle of the proxy.");
    }

    static ProxyException transactionIdle() {
        return new ProxyException(
                ErrorCode.TRANSACTION_IDLE,
                "terminating connection due to idle-in-transaction timeout",
                "See timeouts.idle-transaction of the proxy.");
    }

    static ProxyException transactionTimeout() {
        return new ProxyException(
                ErrorCode.TRANSACTION_TIMEOUT,
                "terminating connection due to transaction timeout",
                "See timeouts.transaction of the proxy.");
    }

    static ProxyException bug(Throwable cause) {
        return new ProxyException(ErrorCode.INTERNAL, "internal error: " + cause, "The log of the proxy says more.");
    }
}
