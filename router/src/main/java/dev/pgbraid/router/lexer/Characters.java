package dev.pgbraid.router.lexer;

/// What each byte of a text can be part of. A byte that is no ASCII is always part of a name.
final class Characters {
    static final byte OTHER = 0;
    static final byte SPACE = 1;
    static final byte LETTER = 2;
    static final byte DIGIT = 3;
    static final byte OPERATOR = 4;
    static final byte PUNCTUATION = 5;
    static final byte QUOTE = 6;
    static final byte DOLLAR = 7;

    private static final byte[] CLASSES = classes();

    private Characters() {}

    static byte classOf(byte character) {
        return CLASSES[character & 0xFF];
    }

    static boolean isSpace(byte character) {
        return classOf(character) == SPACE;
    }

    static boolean isNewline(byte character) {
        return character == '\n' || character == '\r';
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    static boolean isWordStart(byte character) {
        return classOf(character) == LETTER;
    }

    static boolean isWordPart(byte character) {
        byte found = classOf(character);
        return found == LETTER || found == DIGIT || found == DOLLAR;
    }

    static boolean isOperator(byte character) {
        return classOf(character) == OPERATOR;
    }

    /// The end of the word of which `from` is a part.
    static int wordEnd(byte[] text, int from, int end) {
        int to = from;
        while (to < end && isWordPart(text[to])) {
            to++;
        }
        return to;
    }

    /// The value of a digit in any base up to 16; -1 for anything else.
    static int digit(byte character) {
        return character < 0 ? -1 : Character.digit(character, 16);
    }

    /// PostgreSQL folds the case of ASCII letters alone, whatever the language.
    static byte fold(byte character) {
        return character >= 'A' && character <= 'Z' ? (byte) (character + ('a' - 'A')) : character;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int character = 0; character < classes.length; character++) {
            if (character >= 0x80) {
                classes[character] = LETTER;
            }
        }
        mark(classes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", LETTER);
        mark(classes, "0123456789", DIGIT);
        mark(classes, " \t\n\r\f\u000B", SPACE);
        mark(classes, "~!@#^&|`?+-*/%<>=", OPERATOR);
        mark(classes, "()[],;.:", PUNCTUATION);
        mark(classes, "'\"", QUOTE);
        mark(classes, "$", DOLLAR);
        return classes;
    }

    private static void mark(byte[] classes, String characters, byte meaning) {
        for (int i = 0; i < characters.length(); i++) {
            classes[characters.charAt(i)] = meaning;
        }
    }
}
