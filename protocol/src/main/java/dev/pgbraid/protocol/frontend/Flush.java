package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for every response that is ready, without ending the pipeline.
public record Flush() implements FrontendMessage {
    public static Flush decode(MessageReader in) {
        in.end();
        return new Flush();
    }

    @Override
    public byte tag() {
        return 'H';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
