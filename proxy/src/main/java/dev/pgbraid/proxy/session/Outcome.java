package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.ErrorFields;

/// What is to be done when it is known what became of a message.
public interface Outcome {
    /// The server did what the message asked for.
    default void confirmed() {}

    /// The server answered with an error.
    default void failed() {
        skipped();
    }

    /// The server never came to the message.
    default void skipped() {}

    /// Whether the client gets other words than the server's when the message fails.
    default boolean rewordsErrors() {
        return false;
    }

    /// What the client is told in place of `error`.
    default ErrorFields reword(ErrorFields error) {
        return error;
    }
}
