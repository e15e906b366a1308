package dev.pgbraid.proxy.client;

/// What a client is at.
public enum ClientState {
    IDLE,
    IDLE_IN_TRANSACTION,
    RUNNING,
    /// For a backend, or for rows that are being moved.
    WAITING
}
