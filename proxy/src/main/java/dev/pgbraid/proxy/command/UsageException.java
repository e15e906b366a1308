package dev.pgbraid.proxy.command;

/// A command was called with arguments that it does not take.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null, false, false);
    }
}
