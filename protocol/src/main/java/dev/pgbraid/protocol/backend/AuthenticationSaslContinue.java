package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A SASL challenge of the server.
public record AuthenticationSaslContinue(ByteString data) implements Authentication {
    static final int CODE = 11;

    static AuthenticationSaslContinue decodeAfterCode(MessageReader in) {
        return new AuthenticationSaslContinue(in.readRemaining());
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        out.writeBytes(data);
    }
}
