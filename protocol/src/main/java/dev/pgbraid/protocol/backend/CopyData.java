package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A piece of the data of a COPY, as the server happened to cut it.
public record CopyData(ByteString data) implements BackendMessage {
    public static CopyData decode(MessageReader in) {
        return new CopyData(in.readRemaining());
    }

    @Override
    public byte tag() {
        return 'd';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeBytes(data);
    }
}
