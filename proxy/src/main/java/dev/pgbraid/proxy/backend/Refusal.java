package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.PreparedStatement;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A statement of ours that the server fails, so that its error can give way to one of ours.
///
/// @param told what the client is told, which ends with the error
record Refusal(List<BackendMessage> told) implements Outcome {
    /// A statement name that no server has: whatever refers to it fails.
    private static final byte[] MISSING = (PreparedStatement.PREFIX + "refused\0").getBytes(StandardCharsets.US_ASCII);

    Refusal {
        told = List.copyOf(told);
    }

    /// Appends a Bind that fails.
    static void fail(ByteBuf out) {
        out.writeByte('B');
        out.writeInt(4 + 1 + MISSING.length + 6);
        out.writeByte(0).writeBytes(MISSING).writeZero(6);
    }

    @Override
    public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
        return Optional.of(told);
    }
}
