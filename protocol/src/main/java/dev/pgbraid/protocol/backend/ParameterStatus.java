package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The value of a setting that clients are kept informed of.
public record ParameterStatus(ByteString name, ByteString value) implements BackendMessage {
    public static ParameterStatus decode(MessageReader in) {
        ByteString name = in.readCString();
        ByteString value = in.readCString();
        in.end();
        return new ParameterStatus(name, value);
    }

    @Override
    public byte tag() {
        return 'S';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(name);
        out.writeCString(value);
    }
}
