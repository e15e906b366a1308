package dev.pgbraid.proxy.metrics;

/// What is counted of the clients of a database.
public enum DatabaseCounter {
    LOGINS,
    /// Transactions that clients were told the end of.
    TRANSACTIONS,
    PARSES,
    BINDS,
    BYTES_RECEIVED,
    BYTES_SENT,
    /// Texts whose routes were known.
    ROUTES_KNOWN,
    /// Texts that had to be read.
    ROUTES_READ
}
