package dev.pgbraid.proxy.session;

/// What can happen to a session, apart from the messages that only pass.
public enum SessionEvent {
    /// The client sent a message that only a backend can answer.
    STATEMENT_ARRIVED,
    BACKEND_GRANTED,
    /// No backend in time, or none that could do it; the statement is a simple query or a function call.
    SIMPLE_REFUSED,
    /// The same for a statement that is a part of an extended query.
    EXTENDED_REFUSED,
    /// The backend owes nothing and no transaction is open.
    BACKEND_FREE,
    BACKEND_LOST,
    /// The transaction goes on elsewhere, and the backend keeps its part of it.
    BACKEND_PARKED,
    /// A statement is given to several backends.
    FAN_BEGUN,
    FAN_ENDED,
    SYNC_RECEIVED,
    /// The client asked, on another connection, that its statement be stopped.
    CANCEL_REQUESTED,
    /// The client said goodbye, vanished or broke the protocol.
    CLIENT_GONE,
    /// The same while its backend was at nothing that the client had asked for.
    CLIENT_DONE,
    /// The proxy wants to stop.
    DRAIN_REQUESTED
}
