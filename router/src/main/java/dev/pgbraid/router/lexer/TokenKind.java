package dev.pgbraid.router.lexer;

/// What a token is, as far as its text alone tells.
public enum TokenKind {
    /// A name without quotes, or a keyword.
    WORD,
    QUOTED_NAME,
    /// `U&"…"`, with its `UESCAPE` clause if it has one.
    UNICODE_NAME,

    /// `'…'` in which a backslash means itself.
    STRING,
    /// `E'…'`, or `'…'` when backslashes mean more than themselves.
    ESCAPE_STRING,
    /// `U&'…'`, with its `UESCAPE` clause if it has one.
    UNICODE_STRING,
    DOLLAR_STRING,
    BIT_STRING,
    HEX_STRING,
    /// Whole digits of any base, and of any size.
    INTEGER,
    NUMERIC,
    /// `$1`
    PARAMETER,

    OPEN,
    CLOSE,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    COMMA,
    SEMICOLON,
    DOT,
    COLON,
    TYPECAST,
    DOT_DOT,
    COLON_EQUALS,

    PLUS,
    MINUS,
    STAR,
    SLASH,
    PERCENT,
    CARET,
    LESS,
    GREATER,
    EQUALS,
    /// `=>`
    ARROW,
    LESS_EQUALS,
    GREATER_EQUALS,
    /// `<>` or `!=`
    NOT_EQUALS,
    /// Every operator that PostgreSQL's grammar has no name for.
    OPERATOR,

    /// A character that begins no token; PostgreSQL's grammar refuses it.
    OTHER,
    /// What stands after the last token.
    END;

    /// Whether PostgreSQL's grammar takes it for a character string.
    public boolean isString() {
        return this == STRING || this == ESCAPE_STRING || this == UNICODE_STRING || this == DOLLAR_STRING;
    }

    public boolean isNumber() {
        return this == INTEGER || this == NUMERIC;
    }

    public boolean isQuotedName() {
        return this == QUOTED_NAME || this == UNICODE_NAME;
    }
}
