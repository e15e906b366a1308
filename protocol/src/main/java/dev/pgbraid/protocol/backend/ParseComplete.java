package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A prepared statement has been made.
public record ParseComplete() implements BackendMessage {
    public static ParseComplete decode(MessageReader in) {
        in.end();
        return new ParseComplete();
    }

    @Override
    public byte tag() {
        return '1';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
