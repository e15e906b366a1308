package dev.pgbraid.proxy.control.json;

/// A text is not the JSON that is expected.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JsonException(String message) {
        super(message);
    }
}
