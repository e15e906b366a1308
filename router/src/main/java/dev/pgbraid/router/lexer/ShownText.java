package dev.pgbraid.router.lexer;

/// Statements for people who may see what is asked, but not with which values: on one line, without comments, and with
/// `?` in place of every literal.
public final class ShownText {
    private static final String HIDDEN = "?";
    private static final String MORE = "…";

    private ShownText() {}

    /// The tokens from one to the one before another, cut after about `lengthMax` characters.
    public static String of(Tokens tokens, int firstToken, int endToken, int lengthMax) {
        StringBuilder shown = new StringBuilder();
        for (int token = firstToken; token < endToken; token++) {
            if (shown.length() >= lengthMax) {
                return shown.append(MORE).toString();
            }
            if (token > firstToken && tokens.start(token) > tokens.end(token - 1)) {
                shown.append(' ');
            }
            shown.append(isLiteral(tokens.kind(token)) ? HIDDEN : tokens.written(token));
        }
        return shown.toString();
    }

    /// All statements of a text, up to what PostgreSQL's scanner refuses.
    public static String of(byte[] text, TextRules rules, int lengthMax) {
        Tokens tokens = new Lexer().read(text, 0, text.length, rules);
        String shown = of(tokens, 0, tokens.count(), lengthMax);
        return tokens.error().isPresent() && !shown.endsWith(MORE) ? shown + MORE : shown;
    }

    private static boolean isLiteral(TokenKind kind) {
        return kind.isString() || kind.isNumber() || kind == TokenKind.BIT_STRING || kind == TokenKind.HEX_STRING;
    }
}
