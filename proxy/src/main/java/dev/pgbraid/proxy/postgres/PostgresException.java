package dev.pgbraid.proxy.postgres;

/// An embedded server could not be had; the message says why in words for the user.
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
