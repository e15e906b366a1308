package dev.pgbraid.loadtest;

/// A benchmark cannot go on. The message says why, in words for the person who started it.
public final class BenchmarkException extends RuntimeException {

    public BenchmarkException(String message) {
        super(message);
    }

    public BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
