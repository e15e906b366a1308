package dev.pgbraid.router.plan;

/// What a statement may do to the rows of a database.
public enum Access {
    /// Nothing: it only reads, and so does every function that it calls.
    READ,
    /// Anything, as far as can be told.
    WRITE
}
