package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The client leaves.
public record Terminate() implements FrontendMessage {
    public static Terminate decode(MessageReader in) {
        in.end();
        return new Terminate();
    }

    @Override
    public byte tag() {
        return 'X';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
