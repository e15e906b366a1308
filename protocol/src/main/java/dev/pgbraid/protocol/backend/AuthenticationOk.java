package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The login succeeded.
public record AuthenticationOk() implements Authentication {
    static final int CODE = 0;

    static AuthenticationOk decodeAfterCode(MessageReader in) {
        in.end();
        return new AuthenticationOk();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
