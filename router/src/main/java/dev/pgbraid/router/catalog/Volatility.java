package dev.pgbraid.router.catalog;

/// What PostgreSQL may conclude about the results of a function, from the least to the most changeable.
public enum Volatility {
    /// The same for the same arguments, forever.
    IMMUTABLE,
    /// The same for the same arguments while one statement runs.
    STABLE,
    /// Anything, and it may change rows.
    VOLATILE
}
