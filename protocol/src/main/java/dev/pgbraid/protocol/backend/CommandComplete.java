package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A statement has succeeded; its command tag says what was done, such as `INSERT 0 1`.
public record CommandComplete(ByteString commandTag) implements BackendMessage {
    public static CommandComplete decode(MessageReader in) {
        ByteString commandTag = in.readCString();
        in.end();
        return new CommandComplete(commandTag);
    }

    @Override
    public byte tag() {
        return 'C';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(commandTag);
    }
}
