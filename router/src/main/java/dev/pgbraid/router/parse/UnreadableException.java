package dev.pgbraid.router.parse;

/// Says why a statement cannot be read. It is not an error, so it has no stack.
final class UnreadableException extends RuntimeException {
    UnreadableException(String reason) {
        super(reason, null, false, false);
    }

    UnreadableException(String reason, Exception cause) {
        super(reason, cause, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
