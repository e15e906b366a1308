package dev.pgbraid.protocol.startup;

import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks, on a connection of its own and without an answer, that the query of another session be cancelled.
public record CancelRequest(CancelKey key) implements StartupPacket {
    static final int CODE = 80877102;

    static CancelRequest decodeAfterCode(MessageReader in) {
        return new CancelRequest(CancelKey.read(in));
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        key.write(out);
    }
}
