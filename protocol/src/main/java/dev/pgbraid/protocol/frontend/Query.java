package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Runs one or more statements by the simple protocol.
public record Query(ByteString query) implements FrontendMessage {
    public static Query decode(MessageReader in) {
        ByteString query = in.readCString();
        in.end();
        return new Query(query);
    }

    @Override
    public byte tag() {
        return 'Q';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(query);
    }
}
