package dev.pgbraid.router.lexer;

/// Where literals, quoted names and comments end.
final class Quotes {
    static final int UNTERMINATED = -1;

    private Quotes() {}

    /// How the inside of quotes is read.
    enum Inside {
        /// Two quotes stand for one.
        PLAIN,
        /// The same, and a backslash takes the next character with it.
        BACKSLASHES,
        /// The first quote ends it.
        BITS
    }

    /// The end of a string, and of those that PostgreSQL joins to it because a newline stands between.
    ///
    /// @param from the byte after the opening quote
    static int stringEnd(byte[] text, int from, int end, Inside inside) {
        int part = from;
        while (true) {
            int quote = closingQuote(text, part, end, (byte) '\'', inside);
            if (quote == UNTERMINATED) {
                return UNTERMINATED;
            }
            part = continuation(text, quote + 1, end);
            if (part == UNTERMINATED) {
                return quote + 1;
            }
        }
    }

    /// @param from the byte after the opening quote
    static int nameEnd(byte[] text, int from, int end) {
        int quote = closingQuote(text, from, end, (byte) '"', Inside.PLAIN);
        return quote == UNTERMINATED ? UNTERMINATED : quote + 1;
    }

    private static int closingQuote(byte[] text, int from, int end, byte quote, Inside inside) {
        boolean isEscaping = inside == Inside.BACKSLASHES;
        boolean isDoubling = inside != Inside.BITS;
        for (int at = from; at < end; at++) {
            byte character = text[at];
            if (character == quote) {
                if (!isDoubling || at + 1 == end || text[at + 1] != quote) {
                    return at;
                }
                at++;
            } else if (isEscaping && character == '\\') {
                at++;
            }
        }
        return UNTERMINATED;
    }

    /// The first byte inside the next part of a string; [#UNTERMINATED] when the string ends here.
    ///
    /// @param from the byte after a closing quote
    static int continuation(byte[] text, int from, int end) {
        boolean isNewLine = false;
        int at = from;
        while (at < end) {
            byte character = text[at];
            if (Characters.isSpace(character)) {
                isNewLine |= Characters.isNewline(character);
                at++;
            } else if (isLineComment(text, at, end)) {
                at = lineEnd(text, at, end);
            } else {
                return isNewLine && character == '\'' ? at + 1 : UNTERMINATED;
            }
        }
        return UNTERMINATED;
    }

    /// The end of a string in dollar quotes.
    ///
    /// @param from where its tag begins
    /// @param inside the byte after its tag
    static int dollarStringEnd(byte[] text, int from, int inside, int end) {
        int length = inside - from;
        for (int at = inside; at + length <= end; at++) {
            if (text[at] == '$' && isSame(text, from, at, length)) {
                return at + length;
            }
        }
        return UNTERMINATED;
    }

    /// The byte after a tag `$…$`; [#UNTERMINATED] when there is none.
    static int tagEnd(byte[] text, int from, int end) {
        int at = from + 1;
        if (at < end && Characters.isWordStart(text[at])) {
            while (at < end && text[at] != '$' && Characters.isWordPart(text[at])) {
                at++;
            }
        }
        return at < end && text[at] == '$' ? at + 1 : UNTERMINATED;
    }

    static boolean isLineComment(byte[] text, int at, int end) {
        return text[at] == '-' && at + 1 < end && text[at + 1] == '-';
    }

    static boolean isBlockComment(byte[] text, int at, int end) {
        return text[at] == '/' && at + 1 < end && text[at + 1] == '*';
    }

    static int lineEnd(byte[] text, int from, int end) {
        int at = from;
        while (at < end && !Characters.isNewline(text[at])) {
            at++;
        }
        return at;
    }

    /// The end of a comment, and of those inside it.
    static int blockCommentEnd(byte[] text, int from, int end) {
        int open = 1;
        int at = from + 2;
        while (at + 1 < end) {
            if (text[at] == '*' && text[at + 1] == '/') {
                at += 2;
                if (--open == 0) {
                    return at;
                }
            } else if (isBlockComment(text, at, end)) {
                open++;
                at += 2;
            } else {
                at++;
            }
        }
        return UNTERMINATED;
    }

    /// Where the next token begins in a text whose comments all end.
    static int skipBlanks(byte[] text, int from, int end) {
        int at = from;
        while (at < end) {
            if (Characters.isSpace(text[at])) {
                at++;
            } else if (isLineComment(text, at, end)) {
                at = lineEnd(text, at, end);
            } else if (isBlockComment(text, at, end)) {
                at = blockCommentEnd(text, at, end);
            } else {
                return at;
            }
        }
        return at;
    }

    private static boolean isSame(byte[] text, int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (text[one + i] != text[other + i]) {
                return false;
            }
        }
        return true;
    }
}
