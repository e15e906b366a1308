package dev.pgbraid.router.session;

/// What a function does to the session that calls it, besides giving a value.
public enum SessionEffect {
    /// Changes a setting.
    SETTING,
    /// Takes an advisory lock that lasts until it is given back or the session ends.
    SESSION_LOCK,
    /// Gives back advisory locks of the session.
    SESSION_UNLOCK,
    /// Takes an advisory lock that lasts until the transaction ends.
    TRANSACTION_LOCK,
    RANDOM_SEED,
    /// Lets other sessions see as this transaction does while it lasts.
    SNAPSHOT_EXPORT,
    /// Advances a sequence, and remembers the value for the session.
    SEQUENCE_ADVANCE,
    /// Reads what the session remembers of a sequence.
    SEQUENCE_READ,
    /// Opens or uses a connection of the extension dblink that belongs to the session.
    DBLINK,
    /// Uses a descriptor of a large object, which lasts until the transaction ends.
    LARGE_OBJECT,
    /// Sets up the origin of replication, or makes a slot that can belong to the session.
    REPLICATION,
    /// Begins or ends a backup that belongs to the session.
    BACKUP,
    /// Notifies listeners when the transaction commits.
    NOTIFICATION
}
