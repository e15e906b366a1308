package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;

/// An ErrorResponse where none was expected.
public final class ServerError extends RuntimeException {
    private final ErrorFields fields;

    ServerError(ErrorFields fields) {
        super(text(fields, ErrorFields.SEVERITY) + " " + text(fields, ErrorFields.CODE) + ": "
                + text(fields, ErrorFields.MESSAGE));
        this.fields = fields;
    }

    public String sqlState() {
        return text(fields, ErrorFields.CODE);
    }

    public ErrorFields fields() {
        return fields;
    }

    private static String text(ErrorFields fields, byte type) {
        return fields.get(type).orElse(ByteString.EMPTY).toString();
    }
}
