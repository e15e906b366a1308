package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The end of the data of a COPY that the server sends.
public record CopyDone() implements BackendMessage {
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
