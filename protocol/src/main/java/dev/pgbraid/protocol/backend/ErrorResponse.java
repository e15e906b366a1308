package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// A statement, or the session, has failed.
public record ErrorResponse(ErrorFields fields) implements BackendMessage {
    public static ErrorResponse decode(MessageReader in) {
        ErrorFields fields = ErrorFields.read(in);
        in.end();
        return new ErrorResponse(fields);
    }

    @Override
    public byte tag() {
        return 'E';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        fields.write(out);
    }
}
