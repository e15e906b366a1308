package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.session.Outcome;
import java.util.List;
import java.util.Optional;

/// A statement of ours that the server fails, so that its error can give way to one of ours.
///
/// @param told what the client is told, which ends with the error
record Refusal(List<BackendMessage> told) implements Outcome {
    Refusal {
        told = List.copyOf(told);
    }

    @Override
    public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
        return Optional.of(told);
    }
}
