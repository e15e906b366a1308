package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// What was described returns no rows.
public record NoData() implements BackendMessage {
    public static NoData decode(MessageReader in) {
        in.end();
        return new NoData();
    }

    @Override
    public byte tag() {
        return 'n';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
