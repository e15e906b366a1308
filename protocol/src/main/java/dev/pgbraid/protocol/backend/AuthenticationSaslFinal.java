package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The last SASL message of the server: its own proof.
public record AuthenticationSaslFinal(ByteString data) implements Authentication {
    static final int CODE = 12;

    static AuthenticationSaslFinal decodeAfterCode(MessageReader in) {
        return new AuthenticationSaslFinal(in.readRemaining());
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        out.writeBytes(data);
    }
}
