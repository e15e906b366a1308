package dev.pgbraid.proxy.session;

/// Where a session stands, between two transactions or in one.
///
/// `draining` marks a session that ends as soon as its transaction has.
public sealed interface SessionState {

    /// Whether the session ends as soon as its transaction has, or has ended.
    default boolean isEnding() {
        return switch (this) {
            case Idle _ -> false;
            case Waiting waiting -> waiting == Waiting.DRAINING;
            case Attached attached -> attached != Attached.STAYING;
            case FannedOut fannedOut -> fannedOut == FannedOut.DRAINING;
            case Discarding discarding -> discarding == Discarding.DRAINING;
            case Closed _ -> true;
        };
    }

    /// No backend and no statement.
    enum Idle implements SessionState {
        IDLE
    }

    /// A statement waits for a backend; nothing is read from the client meanwhile.
    enum Waiting implements SessionState {
        STAYING,
        DRAINING
    }

    /// A backend is lent; messages pass between it and the client.
    enum Attached implements SessionState {
        STAYING,
        DRAINING,
        /// The client is gone and has left nothing undone, but the proxy asks what it has left behind.
        LEAVING
    }

    /// Several backends work on a statement; nothing is read from the client meanwhile.
    enum FannedOut implements SessionState {
        STAYING,
        DRAINING
    }

    /// The statement was refused; what the client sent with it is dropped up to its Sync.
    enum Discarding implements SessionState {
        STAYING,
        DRAINING
    }

    enum Closed implements SessionState {
        CLOSED
    }
}
