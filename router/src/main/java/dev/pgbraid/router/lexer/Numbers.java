package dev.pgbraid.router.lexer;

/// Where numbers end. A sign is never a part of one.
final class Numbers {
    private static final int DECIMAL = 10;

    private Numbers() {}

    /// The end of the number that begins at `from`; no further than `from` when digits are missing after `0x`.
    static int end(byte[] text, int from, int end) {
        int base = base(text, from, end);
        return base == DECIMAL ? decimalEnd(text, from, end) : digitsEnd(text, from + 2, end, base, from);
    }

    static boolean isInteger(byte[] text, int from, int to) {
        if (base(text, from, to) != DECIMAL) {
            return true;
        }
        for (int at = from; at < to; at++) {
            if (text[at] != '_' && !Characters.isDigit(text[at])) {
                return false;
            }
        }
        return true;
    }

    /// Whether the end of a number could be that of a word too, as in `1e5` or `0xFF`. A `$` then goes on with the
    /// word, which is longer than the number.
    static boolean endsInWord(byte[] text, int from, int to) {
        for (int at = to - 1; at > from && Characters.isWordPart(text[at]); at--) {
            if (Characters.isWordStart(text[at])) {
                return true;
            }
        }
        return false;
    }

    /// What is wrong with a number that begins with `0x` or the like and goes on without digits.
    static LexicalProblem withoutDigits(byte[] text, int from) {
        return switch (Characters.fold(text[from + 1])) {
            case 'x' -> LexicalProblem.INVALID_HEX_INTEGER;
            case 'o' -> LexicalProblem.INVALID_OCTAL_INTEGER;
            default -> LexicalProblem.INVALID_BINARY_INTEGER;
        };
    }

    private static int base(byte[] text, int from, int end) {
        if (text[from] != '0' || from + 1 >= end) {
            return DECIMAL;
        }
        return switch (Characters.fold(text[from + 1])) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> DECIMAL;
        };
    }

    private static int decimalEnd(byte[] text, int from, int end) {
        int at = decimalDigitsEnd(text, from, end);
        boolean isRange = at + 1 < end && text[at] == '.' && text[at + 1] == '.';
        if (at < end && text[at] == '.' && !isRange) {
            at = decimalDigitsEnd(text, at + 1, end);
        }
        return exponentEnd(text, at, end);
    }

    /// The end of an exponent that begins at `from`, or `from` when none does.
    private static int exponentEnd(byte[] text, int from, int end) {
        if (from == end || Characters.fold(text[from]) != 'e') {
            return from;
        }
        int digits = from + 1;
        if (digits < end && (text[digits] == '+' || text[digits] == '-')) {
            digits++;
        }
        int to = decimalDigitsEnd(text, digits, end);
        return to == digits ? from : to;
    }

    /// Digits that single underscores may separate.
    private static int decimalDigitsEnd(byte[] text, int from, int end) {
        if (from == end || !Characters.isDigit(text[from])) {
            return from;
        }
        return digitsEnd(text, from, end, DECIMAL, from);
    }

    /// @param none the answer when there are no digits
    private static int digitsEnd(byte[] text, int from, int end, int base, int none) {
        int to = none;
        int at = from;
        while (at < end) {
            if (text[at] == '_') {
                at++;
            }
            if (at == end || !isDigit(text[at], base)) {
                return to;
            }
            at++;
            to = at;
        }
        return to;
    }

    private static boolean isDigit(byte character, int base) {
        int digit = Characters.digit(character);
        return digit >= 0 && digit < base;
    }
}
