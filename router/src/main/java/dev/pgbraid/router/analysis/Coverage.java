package dev.pgbraid.router.analysis;

/// Which shards can have rows for a result.
sealed interface Coverage {

    record Of(Pin pin) implements Coverage {}

    /// Those that are in both.
    record Both(Coverage left, Coverage right) implements Coverage {}

    /// Those that are in one of them.
    record Either(Coverage left, Coverage right) implements Coverage {}
}
