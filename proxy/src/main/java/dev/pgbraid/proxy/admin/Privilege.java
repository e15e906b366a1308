package dev.pgbraid.proxy.admin;

/// What a user of the admin database may do.
enum Privilege {
    /// See.
    STATS,
    /// See and change.
    ADMIN;

    boolean includes(Privilege needed) {
        return compareTo(needed) >= 0;
    }
}
