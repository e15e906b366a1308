package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Ends a pipeline: the server answers with `ReadyForQuery`, after an error too.
public record Sync() implements FrontendMessage {
    public static Sync decode(MessageReader in) {
        in.end();
        return new Sync();
    }

    @Override
    public byte tag() {
        return 'S';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
