package dev.pgbraid.router.plan;

/// What a statement may do to the rows of a database.
public enum Access {
    /// Nothing: it only reads, and so does every function that it calls.
    READ,
    /// Nothing that is kept by a commit or undone by a rollback: it may take numbers from sequences, or ask for random
    /// ones.
    TRANSIENT,
    /// Anything, as far as can be told.
    WRITE
}
