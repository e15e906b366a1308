package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for Kerberos V5, which no server supports any more.
public record AuthenticationKerberosV5() implements Authentication {
    static final int CODE = 2;

    static AuthenticationKerberosV5 decodeAfterCode(MessageReader in) {
        in.end();
        return new AuthenticationKerberosV5();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
