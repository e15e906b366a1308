package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.TransactionStatus;

/// The server is ready for the next query, or pipeline.
public record ReadyForQuery(TransactionStatus status) implements BackendMessage {
    public static ReadyForQuery decode(MessageReader in) {
        TransactionStatus status = TransactionStatus.read(in);
        in.end();
        return new ReadyForQuery(status);
    }

    @Override
    public byte tag() {
        return 'Z';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeByte(status.code());
    }
}
