package dev.pgbraid.proxy.metrics;

/// What is counted of a shard.
public enum ShardCounter {
    /// Backends that were lent.
    CHECKOUTS,
    /// Those that waited for a backend and were refused.
    CHECKOUTS_REFUSED,
    CONNECTS,
    CONNECTS_FAILED,
    DISCONNECTS,
    /// Transactions that have ended.
    TRANSACTIONS,
    /// How long they lasted.
    TRANSACTION_NANOS,
    /// Statements that were prepared.
    PARSES,
    BYTES_SENT,
    BYTES_RECEIVED,
    /// Rows that were sent for clients.
    ROWS
}
