package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A NOTIFY on a channel that the session listens to.
public record NotificationResponse(int processId, ByteString channel, ByteString payload) implements BackendMessage {
    public static NotificationResponse decode(MessageReader in) {
        int processId = in.readInt32();
        ByteString channel = in.readCString();
        ByteString payload = in.readCString();
        in.end();
        return new NotificationResponse(processId, channel, payload);
    }

    @Override
    public byte tag() {
        return 'A';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(processId);
        out.writeCString(channel);
        out.writeCString(payload);
    }
}
