package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for a GSSAPI negotiation.
public record AuthenticationGss() implements Authentication {
    static final int CODE = 7;

    static AuthenticationGss decodeAfterCode(MessageReader in) {
        in.end();
        return new AuthenticationGss();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
