package dev.pgbraid.router.lexer;

/// Why PostgreSQL's scanner refuses a text, with its own words and SQLSTATE.
public enum LexicalProblem {
    UNTERMINATED_COMMENT("42601", "unterminated /* comment", true),
    UNTERMINATED_STRING("42601", "unterminated quoted string", true),
    UNTERMINATED_NAME("42601", "unterminated quoted identifier", true),
    UNTERMINATED_DOLLAR_STRING("42601", "unterminated dollar-quoted string", true),
    UNTERMINATED_BIT_STRING("42601", "unterminated bit string literal", true),
    UNTERMINATED_HEX_STRING("42601", "unterminated hexadecimal string literal", true),
    EMPTY_NAME("42601", "zero-length delimited identifier", true),
    OPERATOR_TOO_LONG("42601", "operator too long", true),
    JUNK_AFTER_NUMBER("42601", "trailing junk after numeric literal", true),
    JUNK_AFTER_PARAMETER("42601", "trailing junk after parameter", true),
    PARAMETER_TOO_LARGE("42601", "parameter number too large", true),
    INVALID_HEX_INTEGER("42601", "invalid hexadecimal integer", true),
    INVALID_OCTAL_INTEGER("42601", "invalid octal integer", true),
    INVALID_BINARY_INTEGER("42601", "invalid binary integer", true),
    UNSAFE_UNICODE_STRING("0A000", "unsafe use of string constant with Unicode escapes", false),
    INVALID_ESCAPE("22025", "invalid Unicode escape", false),
    INVALID_UNICODE_ESCAPE("42601", "invalid Unicode escape", false),
    INVALID_UNICODE_VALUE("42601", "invalid Unicode escape value", true),
    INVALID_SURROGATES("42601", "invalid Unicode surrogate pair", true),
    INVALID_ESCAPE_CHARACTER("42601", "invalid Unicode escape character", true),
    ZERO_BYTE("22021", "invalid byte sequence for encoding \"UTF8\": 0x00", false);

    private final String sqlState;
    private final String message;
    private final boolean isNearText;

    LexicalProblem(String sqlState, String message, boolean isNearText) {
        this.sqlState = sqlState;
        this.message = message;
        this.isNearText = isNearText;
    }

    public String sqlState() {
        return sqlState;
    }

    /// The message, which mostly says where the problem is.
    String message(String near) {
        return isNearText ? message + " at or near \"" + near + "\"" : message;
    }
}
