package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A GSSAPI or SSPI token of the client.
public record GssResponse(ByteString data) implements FrontendMessage {
    public static GssResponse decode(MessageReader in) {
        return new GssResponse(in.readRemaining());
    }

    @Override
    public byte tag() {
        return 'p';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeBytes(data);
    }
}
