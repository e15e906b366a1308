package dev.pgbraid.proxy.session;

/// What a transition asks to be done, in order.
public enum Effect {
    /// Ask the pool for a backend.
    CHECK_OUT,
    /// Send what the client had sent before it was granted a backend.
    FORWARD_HELD,
    /// Give the backend back to the pool.
    RETURN_BACKEND,
    /// End the backend: it may be in the middle of something.
    ABANDON_BACKEND,
    /// Stop waiting for a backend.
    WITHDRAW,
    /// Stop waiting and answer that the statement was canceled.
    WITHDRAW_CANCELED,
    /// Ask the server to stop the backend's statement.
    CANCEL_BACKEND,
    /// Ask the servers to stop the statement that several backends work on.
    CANCEL_FAN,
    /// End what several backends work on.
    ABANDON_FAN,
    /// Drain, once more, when what is under way is done.
    DRAIN,
    SEND_REFUSAL,
    SEND_READY,
    SEND_BACKEND_LOST,
    SEND_SHUTDOWN,
    CLOSE_CLIENT
}
