package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Reads numbers as `numeric_in` does.
final class DecimalText {
    /// Far from every limit of `numeric`, and what it takes to hash the value stays small.
    private static final int DIGITS_MAX = 1000;

    private static final int LENGTH_MAX = 2 * DIGITS_MAX;

    private final KeyText text;
    private final StringBuilder digits = new StringBuilder();
    private int scale;

    private DecimalText(KeyText text) {
        this.text = text;
    }

    /// Blanks, a sign, digits with a point and `_` between them, an exponent, blanks.
    static KeyReading read(KeyText text) {
        if (text.length() > LENGTH_MAX) {
            return tooLong();
        }
        text.skipBlanks();
        if (text.skipLastWord("nan")) {
            return new Proven(Decimal.NAN);
        }
        boolean isNegative = text.skipIf('-');
        if (!isNegative) {
            text.skipIf('+');
        }
        if (text.skipLastWord("infinity") || text.skipLastWord("inf")) {
            return new Proven(isNegative ? Decimal.NEGATIVE_INFINITY : Decimal.POSITIVE_INFINITY);
        }
        if (text.peek() == '0' && "xob".indexOf(KeyText.lower(text.peek(1))) >= 0) {
            return new Unprovable("is a number to another base than ten");
        }
        return new DecimalText(text).number(isNegative);
    }

    private static Unprovable tooLong() {
        return new Unprovable("has more than " + DIGITS_MAX + " digits");
    }

    private KeyReading number(boolean isNegative) {
        if (!mantissa()) {
            return text.syntaxError();
        }
        int exponent = 0;
        if (KeyText.lower(text.peek()) == 'e') {
            text.skip(1);
            boolean isSmall = text.skipIf('-');
            if (!isSmall) {
                text.skipIf('+');
            }
            exponent = exponent();
            if (exponent < 0) {
                return text.syntaxError();
            }
            exponent = isSmall ? -exponent : exponent;
        }
        if (!text.isBlankToTheEnd()) {
            return text.syntaxError();
        }
        if (digits.length() + Math.abs(exponent) > DIGITS_MAX) {
            return tooLong();
        }
        BigDecimal number = new BigDecimal(new BigInteger(digits.toString()), scale - exponent);
        return new Proven(new Decimal(isNegative ? number.negate() : number));
    }

    /// Digits, with one point among, before or behind them; false when there are none or an `_` is out of place.
    private boolean mantissa() {
        boolean hasPoint = text.skipIf('.');
        boolean isBroken = text.peek() < '0' || text.peek() > '9';
        while (!isBroken) {
            int digit = digitOrUnderscore();
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
                scale += hasPoint ? 1 : 0;
            } else if (!hasPoint && text.skipIf('.')) {
                hasPoint = true;
                isBroken = text.peek() == '_';
            } else {
                return text.peek() != '_';
            }
        }
        return false;
    }

    /// The digits of an exponent, up to a little more than is taken; -1 when there are none.
    private int exponent() {
        int exponent = text.digit();
        int digit = exponent < 0 ? -1 : digitOrUnderscore();
        while (digit >= 0) {
            exponent = Math.min(10 * exponent + digit, DIGITS_MAX + 1);
            digit = digitOrUnderscore();
        }
        return exponent;
    }

    private int digitOrUnderscore() {
        int next = text.peek(1);
        if (text.peek() == '_' && next >= '0' && next <= '9') {
            text.skip(1);
        }
        return text.digit();
    }
}
