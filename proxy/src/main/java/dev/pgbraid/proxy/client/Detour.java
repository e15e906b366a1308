package dev.pgbraid.proxy.client;

/// What is done for a session that has no backend, and reads nothing from its client meanwhile.
interface Detour {
    /// Stops it, as the client wants.
    void cancel();

    /// The client is gone.
    void abandon();

    /// Whether it has not begun yet.
    default boolean isWaiting() {
        return false;
    }

    /// Whether the client has the start of a message of which more follows.
    default boolean isMidMessage() {
        return false;
    }

    /// Reads what is for the client, or leaves it be.
    default void read(boolean wanted) {}
}
