package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;

/// What a session tells its client when the proxy ends it, or a statement of it.
final class SessionErrors {
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

    static ProxyException canceledInQueue() {
        return new ProxyException(
                ErrorCode.CANCELED,
                "canceling statement due to user request",
                "It was still waiting for a connection.");
    }

    static ProxyException bug(Throwable cause) {
        return new ProxyException(ErrorCode.INTERNAL, "internal error: " + cause, "The log of the proxy says more.");
    }
}
