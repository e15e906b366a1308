package dev.pgbraid.proxy.login;

/// Whether a client wants to replicate, as its `replication` parameter says.
public enum Replication {
    NONE,
    /// Changes of one database, decoded.
    LOGICAL,
    /// The log of the whole server; PostgreSQL does not look at the database then.
    PHYSICAL
}
