package dev.pgbraid.protocol.startup;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for GSSAPI encryption on this connection; the answer is one byte, not a message.
public record GssEncRequest() implements StartupPacket {
    static final int CODE = 80877104;

    static GssEncRequest decodeAfterCode(MessageReader in) {
        in.end();
        return new GssEncRequest();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
