package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A prepared statement or portal has been closed.
public record CloseComplete() implements BackendMessage {
    public static CloseComplete decode(MessageReader in) {
        in.end();
        return new CloseComplete();
    }

    @Override
    public byte tag() {
        return '3';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
