package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Runs a portal.
///
/// A `rowsMax` of zero, or below it, means that there is no limit.
public record Execute(ByteString portal, int rowsMax) implements FrontendMessage {
    public static Execute decode(MessageReader in) {
        ByteString portal = in.readCString();
        int rowsMax = in.readInt32();
        in.end();
        return new Execute(portal, rowsMax);
    }

    @Override
    public byte tag() {
        return 'E';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(portal);
        out.writeInt32(rowsMax);
    }
}
