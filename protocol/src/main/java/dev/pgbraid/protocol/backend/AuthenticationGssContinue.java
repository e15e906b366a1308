package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A GSSAPI or SSPI token of the server.
public record AuthenticationGssContinue(ByteString data) implements Authentication {
    static final int CODE = 8;

    static AuthenticationGssContinue decodeAfterCode(MessageReader in) {
        return new AuthenticationGssContinue(in.readRemaining());
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        out.writeBytes(data);
    }
}
