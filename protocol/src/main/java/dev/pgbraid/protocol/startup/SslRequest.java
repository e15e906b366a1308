package dev.pgbraid.protocol.startup;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for TLS on this connection; the answer is one byte, not a message.
public record SslRequest() implements StartupPacket {
    static final int CODE = 80877103;

    static SslRequest decodeAfterCode(MessageReader in) {
        in.end();
        return new SslRequest();
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
    }
}
