package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for the password in clear text.
public record AuthenticationCleartextPassword() implements Authentication {
    static final int CODE = 3;

    static AuthenticationCleartextPassword decodeAfterCode(MessageReader in) {
        in.end();
        return new AuthenticationCleartextPassword();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
