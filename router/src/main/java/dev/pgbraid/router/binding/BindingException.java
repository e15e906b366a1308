package dev.pgbraid.router.binding;

/// A statement is refused before anything is proven of it.
public final class BindingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String hint;

    BindingException(String sqlState, String message, String hint) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    static BindingException unsupported(String message, String hint) {
        return new BindingException("0A000", message, hint);
    }

    public String sqlState() {
        return sqlState;
    }

    public String hint() {
        return hint;
    }

    /// The message without more.
    public String message() {
        return String.valueOf(getMessage());
    }
}
