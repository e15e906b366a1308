package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A further SASL message of the client.
public record SaslResponse(ByteString data) implements FrontendMessage {
    public static SaslResponse decode(MessageReader in) {
        return new SaslResponse(in.readRemaining());
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
