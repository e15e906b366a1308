package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Closes a prepared statement or a portal; one that does not exist is closed already.
public record Close(Target target, ByteString name) implements FrontendMessage {
    public static Close decode(MessageReader in) {
        Target target = Target.read(in);
        ByteString name = in.readCString();
        in.end();
        return new Close(target, name);
    }

    @Override
    public byte tag() {
        return 'C';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        target.write(out);
        out.writeCString(name);
    }
}
