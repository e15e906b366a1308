package dev.pgbraid.router.lexer;

/// Where operators end, and which of them PostgreSQL's grammar has names for.
final class Operators {
    private Operators() {}

    /// How far characters of operators go on. A comment ends them.
    static int runEnd(byte[] text, int from, int end) {
        int to = from + 1;
        while (to < end
                && Characters.isOperator(text[to])
                && !Quotes.isLineComment(text, to, end)
                && !Quotes.isBlockComment(text, to, end)) {
            to++;
        }
        return to;
    }

    /// The end of the operator that begins a run. It is the whole run, but unless it has a character that no operator
    /// of the SQL standard has, it does not end in `+` or `-`.
    static int end(byte[] text, int from, int runEnd) {
        int to = runEnd;
        if (!isBeyondStandard(text, from, runEnd)) {
            while (to - from > 1 && isSign(text[to - 1])) {
                to--;
            }
        }
        return to;
    }

    static TokenKind kind(byte[] text, int from, int to) {
        return switch (to - from) {
            case 1 -> single(text[from]);
            case 2 -> pair(text[from], text[from + 1]);
            default -> TokenKind.OPERATOR;
        };
    }

    private static TokenKind single(byte character) {
        return switch (character) {
            case '+' -> TokenKind.PLUS;
            case '-' -> TokenKind.MINUS;
            case '*' -> TokenKind.STAR;
            case '/' -> TokenKind.SLASH;
            case '%' -> TokenKind.PERCENT;
            case '^' -> TokenKind.CARET;
            case '<' -> TokenKind.LESS;
            case '>' -> TokenKind.GREATER;
            case '=' -> TokenKind.EQUALS;
            default -> TokenKind.OPERATOR;
        };
    }

    private static TokenKind pair(byte first, byte second) {
        return switch (second) {
            case '=' ->
                switch (first) {
                    case '<' -> TokenKind.LESS_EQUALS;
                    case '>' -> TokenKind.GREATER_EQUALS;
                    case '!' -> TokenKind.NOT_EQUALS;
                    default -> TokenKind.OPERATOR;
                };
            case '>' ->
                switch (first) {
                    case '=' -> TokenKind.ARROW;
                    case '<' -> TokenKind.NOT_EQUALS;
                    default -> TokenKind.OPERATOR;
                };
            default -> TokenKind.OPERATOR;
        };
    }

    private static boolean isSign(byte character) {
        return character == '+' || character == '-';
    }

    private static boolean isBeyondStandard(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if ("~!@#%^&|`?".indexOf(text[at]) >= 0) {
                return true;
            }
        }
        return false;
    }
}
