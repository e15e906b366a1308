package dev.pgbraid.proxy.session;

/// What can tie a session to one backend for longer than a transaction.
public enum Tie {
    TEMPORARY_OBJECT,
    ADVISORY_LOCK,
    HELD_CURSOR,
    /// Statements that the server knows by the client's names for them.
    PREPARED,
    LISTENING,
    /// Nobody can tell the name of the setting from the statement.
    UNKNOWN_SETTING,
    /// The server could not be asked what there is.
    UNKNOWN,
    LIBRARY,
    RANDOM_SEED,
    SEQUENCE,
    DBLINK,
    REPLICATION,
    BACKUP,
    ENCODING;

    /// Whether the server can tell that it is gone.
    boolean isVisible() {
        return switch (this) {
            case TEMPORARY_OBJECT, ADVISORY_LOCK, HELD_CURSOR, PREPARED, LISTENING -> true;
            case UNKNOWN_SETTING, UNKNOWN, LIBRARY, RANDOM_SEED, SEQUENCE, DBLINK, REPLICATION, BACKUP, ENCODING ->
                false;
        };
    }
}
