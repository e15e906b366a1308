package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// An `Execute` has reached its limit of rows before the portal's end.
public record PortalSuspended() implements BackendMessage {
    public static PortalSuspended decode(MessageReader in) {
        in.end();
        return new PortalSuspended();
    }

    @Override
    public byte tag() {
        return 's';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
