package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A warning or a message for information; it may come at any time.
public record NoticeResponse(ErrorFields fields) implements BackendMessage {
    public static NoticeResponse decode(MessageReader in) {
        ErrorFields fields = ErrorFields.read(in);
        in.end();
        return new NoticeResponse(fields);
    }

    @Override
    public byte tag() {
        return 'N';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        fields.write(out);
    }
}
