package dev.pgbraid.router.gather;

/// A query cannot be run over gathered rows.
public final class UngatherableException extends Exception {
    private static final long serialVersionUID = 1;

    UngatherableException(String reason) {
        super(reason);
    }

    /// Why, in words that follow "because".
    public String reason() {
        return String.valueOf(getMessage());
    }
}
