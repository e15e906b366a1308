package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The end of the data of a COPY that the client sends.
public record CopyDone() implements FrontendMessage {
    public static CopyDone decode(MessageReader in) {
        in.end();
        return new CopyDone();
    }

    @Override
    public byte tag() {
        return 'c';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
