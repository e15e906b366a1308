package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The key by which this session can be cancelled.
public record BackendKeyData(CancelKey key) implements BackendMessage {

    public static BackendKeyData decode(MessageReader in) {
        return new BackendKeyData(CancelKey.read(in));
    }

    @Override
    public byte tag() {
        return 'K';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        key.write(out);
    }
}
