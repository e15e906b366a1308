package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Response;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An `EXECUTE` as servers get it: with the name that they know the statement by.
///
/// @param arguments what follows the name, as the client has written it
record SqlExecution(ClientStatements.Named named, ByteString arguments) {
    private static final byte[] COMMAND = "EXECUTE ".getBytes(StandardCharsets.US_ASCII);

    /// Sends it as a simple query, which is answered as one.
    ///
    /// @param query what else the end of the query decides
    void send(Backend backend, @Nullable Outcome query) {
        backend.statements().restoreForQuery(named);
        byte[] name = named.statement().name().getBytes(StandardCharsets.US_ASCII);
        int length = Integer.BYTES + COMMAND.length + name.length + arguments.length() + 1;
        ByteBuf out = backend.writer().append(1 + length);
        out.writeByte('Q').writeInt(length);
        out.writeBytes(COMMAND)
                .writeBytes(name)
                .writeBytes(arguments.toByteArray())
                .writeByte(0);
        backend.expectBatchEnd(
                Response.QUERY, new End(named, backend.statements().ofQuery(query)));
    }

    /// Puts the client's name for the statement in what the server says of it.
    private record End(
            ClientStatements.Named named, @Nullable Outcome query) implements Outcome {
        @Override
        public void confirmed() {
            if (query != null) {
                query.confirmed();
            }
        }

        @Override
        public void skipped() {
            if (query != null) {
                query.skipped();
            }
        }

        @Override
        public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
            Optional<List<BackendMessage>> told = query == null ? Optional.empty() : query.inPlaceOf(error);
            return told.isPresent() ? told : named.inPlaceOf(error);
        }
    }
}
