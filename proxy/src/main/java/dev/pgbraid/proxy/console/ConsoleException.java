package dev.pgbraid.proxy.console;

import dev.pgbraid.protocol.SqlState;

/// Why a statement of a console is refused.
public final class ConsoleException extends RuntimeException {
    private final SqlState code;
    private final String message;
    private final String hint;

    /// @param hint what can be done; empty if the message says it
    public ConsoleException(SqlState code, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.hint = hint;
    }

    SqlState code() {
        return code;
    }

    @Override
    public String getMessage() {
        return message;
    }

    String hint() {
        return hint;
    }
}
