package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.WireValue;

/// The mechanism that the client chose and its first SASL message, if it sends one at once.
public record SaslInitialResponse(ByteString mechanism, WireValue response) implements FrontendMessage {
    public static SaslInitialResponse decode(MessageReader in) {
        ByteString mechanism = in.readCString();
        WireValue response = in.readValue();
        in.end();
        return new SaslInitialResponse(mechanism, response);
    }

    @Override
    public byte tag() {
        return 'p';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(mechanism);
        out.writeValue(response);
    }
}
