package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for an SSPI negotiation.
public record AuthenticationSspi() implements Authentication {
    static final int CODE = 9;

    static AuthenticationSspi decodeAfterCode(MessageReader in) {
        in.end();
        return new AuthenticationSspi();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
