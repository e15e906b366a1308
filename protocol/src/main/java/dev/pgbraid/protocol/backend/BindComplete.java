package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A portal has been made.
public record BindComplete() implements BackendMessage {
    public static BindComplete decode(MessageReader in) {
        in.end();
        return new BindComplete();
    }

    @Override
    public byte tag() {
        return '2';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
