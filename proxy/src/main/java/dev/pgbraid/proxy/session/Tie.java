package dev.pgbraid.proxy.session;

/// What can tie a session to one backend for longer than a transaction.
public enum Tie {
    TEMPORARY_OBJECT("a temporary object"),
    ADVISORY_LOCK("an advisory lock of the session"),
    HELD_CURSOR("a cursor WITH HOLD"),
    PREPARED_BY_SQL("a statement prepared by SQL"),
    LISTENING("a channel that it listens to"),
    /// Nobody can tell the name of the setting from the statement.
    UNKNOWN_SETTING("a setting that cannot be followed"),
    /// The server could not be asked what there is.
    UNKNOWN("state that could not be read"),
    LIBRARY("a loaded library"),
    RANDOM_SEED("a seed of random numbers"),
    SEQUENCE("the last values of sequences"),
    DBLINK("a connection of dblink"),
    REPLICATION("an origin or a slot of replication"),
    BACKUP("a backup under way"),
    ENCODING("a client encoding that cannot be read");

    private final String reason;

    Tie(String reason) {
        this.reason = reason;
    }

    /// What the session has, for people.
    public String reason() {
        return reason;
    }

    /// Whether the server can tell that it is gone.
    boolean isVisible() {
        return switch (this) {
            case TEMPORARY_OBJECT, ADVISORY_LOCK, HELD_CURSOR, PREPARED_BY_SQL, LISTENING -> true;
            case UNKNOWN_SETTING, UNKNOWN, LIBRARY, RANDOM_SEED, SEQUENCE, DBLINK, REPLICATION, BACKUP, ENCODING ->
                false;
        };
    }
}
