package dev.pgbraid.loadtest.soak;

/// A guest got what it must not get. The message says what, and what it should have been.
final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongAnswer(String message) {
        super(message);
    }
}
