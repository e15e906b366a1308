package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;

/// Reads values in binary format as the receive functions of their types do.
final class BinaryForm {
    private static final String TOO_SHORT = "08P01";
    private static final String MALFORMED = "22P03";
    private static final String OUT_OF_RANGE = "22008";

    private static final int NUMERIC_BASE = 10_000;
    private static final int NUMERIC_DIGITS_MAX = 250;
    private static final int NUMERIC_SCALE_MASK = 0x3FFF;
    private static final int NUMERIC_NEGATIVE = 0x4000;
    private static final int NUMERIC_NAN = 0xC000;
    private static final int NUMERIC_POSITIVE_INFINITY = 0xD000;
    private static final int NUMERIC_NEGATIVE_INFINITY = 0xF000;

    private BinaryForm() {}

    static KeyReading read(KeyType type, byte[] bytes, int from, int to) {
        return switch (type) {
            case TEXT, VARCHAR, CHARACTER -> OctetText.characters(new KeyText(type, bytes, from, to));
            case BYTEA -> new Proven(Octets.copyOf(bytes, from, to));
            case NUMERIC -> numeric(ByteBuffer.wrap(bytes, from, to - from));
            case UUID -> to - from == 16 ? new Proven(Octets.copyOf(bytes, from, to)) : wrongLength(to - from, 16);
            case SMALLINT -> whole(type, bytes, from, to, 2);
            case INTEGER, DATE -> whole(type, bytes, from, to, 4);
            case BIGINT, TIMESTAMP, TIMESTAMPTZ -> whole(type, bytes, from, to, 8);
            case BOOLEAN -> whole(type, bytes, from, to, 1);
        };
    }

    private static KeyReading whole(KeyType type, byte[] bytes, int from, int to, int width) {
        if (to - from != width) {
            return wrongLength(to - from, width);
        }
        long value = integer(bytes, from, to);
        if (type == KeyType.BOOLEAN) {
            return new Proven(new Whole(value == 0 ? 0 : 1));
        }
        if (!type.holds(value)) {
            return new Invalid(OUT_OF_RANGE, type.sqlName() + " out of range");
        }
        return new Proven(new Whole(value));
    }

    /// A signed number of so many bytes, at least one.
    static long integer(byte[] bytes, int from, int to) {
        long value = bytes[from];
        for (int i = from + 1; i < to; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private static Invalid wrongLength(int length, int wanted) {
        return length < wanted
                ? new Invalid(TOO_SHORT, "insufficient data left in message")
                : new Invalid(MALFORMED, "incorrect binary data format");
    }

    /// How many digits to the base 10,000, the place of the first, the sign, how many decimal places are shown, and
    /// the digits.
    private static KeyReading numeric(ByteBuffer in) {
        if (in.remaining() < 4 * Short.BYTES) {
            return wrongLength(0, 1);
        }
        int count = Short.toUnsignedInt(in.getShort());
        int weight = in.getShort();
        int sign = Short.toUnsignedInt(in.getShort());
        int scale = Short.toUnsignedInt(in.getShort());
        if (count > NUMERIC_DIGITS_MAX || Math.abs(weight) > NUMERIC_DIGITS_MAX) {
            return new Unprovable("has more than " + NUMERIC_BASE + "^" + NUMERIC_DIGITS_MAX + " in it");
        }
        if (in.remaining() != count * Short.BYTES) {
            return wrongLength(in.remaining(), count * Short.BYTES);
        }
        if ((scale & ~NUMERIC_SCALE_MASK) != 0) {
            return new Invalid(MALFORMED, "invalid scale in external \"numeric\" value");
        }
        return switch (sign) {
            case 0, NUMERIC_NEGATIVE -> number(in, weight - count + 1, scale, sign == NUMERIC_NEGATIVE);
            case NUMERIC_NAN -> special(in, Decimal.NAN);
            case NUMERIC_POSITIVE_INFINITY -> special(in, Decimal.POSITIVE_INFINITY);
            case NUMERIC_NEGATIVE_INFINITY -> special(in, Decimal.NEGATIVE_INFINITY);
            default -> new Invalid(MALFORMED, "invalid sign in external \"numeric\" value");
        };
    }

    private static KeyReading special(ByteBuffer digits, Decimal value) {
        return digits.hasRemaining() ? new Unprovable("is no number and has digits") : new Proven(value);
    }

    private static KeyReading number(ByteBuffer digits, int lastWeight, int scale, boolean isNegative) {
        BigInteger number = BigInteger.ZERO;
        while (digits.hasRemaining()) {
            int digit = digits.getShort();
            if (digit < 0 || digit >= NUMERIC_BASE) {
                return new Invalid(MALFORMED, "invalid digit in external \"numeric\" value");
            }
            number = number.multiply(BigInteger.valueOf(NUMERIC_BASE)).add(BigInteger.valueOf(digit));
        }
        BigDecimal whole = new BigDecimal(isNegative ? number.negate() : number, -4 * lastWeight);
        // Digits that the scale hides are cut off.
        return new Proven(new Decimal(whole.setScale(scale, RoundingMode.DOWN)));
    }
}
