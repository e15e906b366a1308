package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for the description of a prepared statement or of a portal.
public record Describe(Target target, ByteString name) implements FrontendMessage {
    public static Describe decode(MessageReader in) {
        Target target = Target.read(in);
        ByteString name = in.readCString();
        in.end();
        return new Describe(target, name);
    }

    @Override
    public byte tag() {
        return 'D';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        target.write(out);
        out.writeCString(name);
    }
}
