package dev.pgbraid.proxy.wire;

import dev.pgbraid.protocol.ErrorFields;

/// The server has answered a login with an error.
public final class LoginRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorFields fields;

    LoginRefused(ErrorFields fields) {
        super(String.valueOf(fields));
        this.fields = fields;
    }

    public ErrorFields fields() {
        return fields;
    }
}
