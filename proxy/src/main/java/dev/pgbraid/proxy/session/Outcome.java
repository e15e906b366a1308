package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import java.util.List;
import java.util.Optional;

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

    /// What the client is told in place of `error`, with which the server has answered; nothing if it is told just
    /// that.
    default Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
        return Optional.empty();
    }
}
