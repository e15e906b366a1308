package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;

/// Reads integers and booleans as `int2in`, `int4in`, `int8in` and `boolin` do.
final class WholeText {
    private static final Proven FALSE = new Proven(new Whole(0));
    private static final Proven TRUE = new Proven(new Whole(1));

    private WholeText() {}

    /// Blanks, a sign, digits to a base with `_` between them, blanks.
    static KeyReading integer(KeyText text) {
        text.skipBlanks();
        boolean isNegative = text.skipIf('-');
        if (!isNegative) {
            text.skipIf('+');
        }
        int base = base(text);
        // Gathered as a negative number, of which there is one more than of positive ones.
        long negative = 0;
        boolean fits = true;
        int digit = base == 10 ? digit(text, base) : digitOrUnderscore(text, base);
        boolean hasDigits = digit >= 0;
        while (digit >= 0) {
            fits &= negative >= (Long.MIN_VALUE + digit) / base;
            negative = negative * base - digit;
            digit = digitOrUnderscore(text, base);
        }
        fits &= isNegative || negative != Long.MIN_VALUE;
        long value = isNegative ? negative : -negative;
        return judge(
                text,
                value,
                hasDigits && text.isBlankToTheEnd(),
                fits && text.type().holds(value));
    }

    private static KeyReading judge(KeyText text, long value, boolean isInteger, boolean fits) {
        if (fits) {
            return isInteger ? new Proven(new Whole(value)) : text.syntaxError();
        }
        // Before PostgreSQL 16 bases and underscores are errors of syntax, and of two errors versions report either.
        boolean isPlain = isInteger && text.toString().chars().noneMatch(WholeText::isNew);
        return isPlain
                ? text.outOfRange()
                : new Unprovable("is too large for " + text.type().sqlName());
    }

    private static boolean isNew(int character) {
        return "_xXoObB".indexOf(character) >= 0;
    }

    private static int base(KeyText text) {
        if (text.peek() != '0') {
            return 10;
        }
        int base = switch (KeyText.lower(text.peek(1))) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 10;
        };
        if (base != 10) {
            text.skip(2);
        }
        return base;
    }

    private static int digitOrUnderscore(KeyText text, int base) {
        if (text.peek() == '_' && value(text.peek(1), base) >= 0) {
            text.skip(1);
        }
        return digit(text, base);
    }

    private static int digit(KeyText text, int base) {
        int digit = value(text.peek(), base);
        if (digit >= 0) {
            text.skip(1);
        }
        return digit;
    }

    private static int value(int character, int base) {
        int digit = KeyText.hexDigit(character);
        return digit < base ? digit : -1;
    }

    /// Blanks, the beginning of one of the words or a whole one, blanks.
    static KeyReading bool(KeyText text) {
        text.skipBlanks();
        return switch (KeyText.lower(text.peek())) {
            case 't' -> word(text, "true", 1, TRUE);
            case 'f' -> word(text, "false", 1, FALSE);
            case 'y' -> word(text, "yes", 1, TRUE);
            case 'n' -> word(text, "no", 1, FALSE);
            case 'o' -> KeyText.lower(text.peek(1)) == 'n' ? word(text, "on", 2, TRUE) : word(text, "off", 2, FALSE);
            case '1' -> word(text, "1", 1, TRUE);
            case '0' -> word(text, "0", 1, FALSE);
            default -> text.syntaxError();
        };
    }

    private static KeyReading word(KeyText text, String word, int lengthMin, Proven value) {
        int length = 0;
        while (length < word.length() && KeyText.lower(text.peek()) == word.charAt(length)) {
            text.skip(1);
            length++;
        }
        return length >= lengthMin && text.isBlankToTheEnd() ? value : text.syntaxError();
    }
}
