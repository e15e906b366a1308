package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The client gives up a COPY; the server reports the reason as an error.
public record CopyFail(ByteString reason) implements FrontendMessage {
    public static CopyFail decode(MessageReader in) {
        ByteString reason = in.readCString();
        in.end();
        return new CopyFail(reason);
    }

    @Override
    public byte tag() {
        return 'f';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(reason);
    }
}
