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
    private static final String OUT_OF_RANGE = "22008";

    private static final int UUID_BYTES = 16;
    private static final int NUMERIC_HEADER_BYTES = 8;
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
            case UUID -> uuid(bytes, from, to);
            case SMALLINT -> whole(type, bytes, from, to, 2);
            case INTEGER, DATE -> whole(type, bytes, from, to, 4);
            case BIGINT, TIMESTAMP, TIMESTAMPTZ -> whole(type, bytes, from, to, 8);
            case BOOLEAN -> whole(type, bytes, from, to, 1);
        };
    }

    private static KeyReading whole(KeyType type, byte[] bytes, int from, int to, int width) {
        if (to - from < width) {
            return tooShort();
        }
        long value = integer(bytes, from, from + width);
        // A server notices only then that there are more bytes.
        if (type != KeyType.BOOLEAN && !type.holds(value)) {
            return new Invalid(OUT_OF_RANGE, type.sqlName() + " out of range");
        }
        if (to - from > width) {
            return tooLong();
        }
        return new Proven(new Whole(type == KeyType.BOOLEAN && value != 0 ? 1 : value));
    }

    private static KeyReading uuid(byte[] bytes, int from, int to) {
        if (to - from < UUID_BYTES) {
            return tooShort();
        }
        return to - from == UUID_BYTES ? new Proven(Octets.copyOf(bytes, from, to)) : tooLong();
    }

    /// A signed number of so many bytes, at least one.
    static long integer(byte[] bytes, int from, int to) {
        long value = bytes[from];
        for (int i = from + 1; i < to; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    private static Invalid tooShort() {
        return new Invalid("08P01", "insufficient data left in message");
    }

    private static Invalid tooLong() {
        return malformed("incorrect binary data format");
    }

    private static Invalid malformed(String message) {
        return new Invalid("22P03", message);
    }

    /// How many digits to the base 10,000, the place of the first, the sign, how many decimal places are shown, and
    /// the digits.
    private static KeyReading numeric(ByteBuffer in) {
        if (in.remaining() < NUMERIC_HEADER_BYTES) {
            return new Unprovable("is cut off");
        }
        int count = Short.toUnsignedInt(in.getShort());
        int weight = in.getShort();
        int sign = Short.toUnsignedInt(in.getShort());
        int scale = Short.toUnsignedInt(in.getShort());
        if (count > NUMERIC_DIGITS_MAX || Math.abs(weight) > NUMERIC_DIGITS_MAX) {
            return new Unprovable("has too many digits");
        }
        if ((scale & ~NUMERIC_SCALE_MASK) != 0) {
            return malformed("invalid scale in external \"numeric\" value");
        }
        return switch (sign) {
            case 0 -> number(in, count, weight, scale);
            case NUMERIC_NEGATIVE -> negated(number(in, count, weight, scale));
            case NUMERIC_NAN -> special(in, count, Decimal.NAN);
            case NUMERIC_POSITIVE_INFINITY -> special(in, count, Decimal.POSITIVE_INFINITY);
            case NUMERIC_NEGATIVE_INFINITY -> special(in, count, Decimal.NEGATIVE_INFINITY);
            default -> malformed("invalid sign in external \"numeric\" value");
        };
    }

    private static KeyReading special(ByteBuffer in, int count, Decimal value) {
        return count > 0 || in.hasRemaining() ? new Unprovable("is no number and has digits") : new Proven(value);
    }

    private static KeyReading number(ByteBuffer in, int count, int weight, int scale) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            if (in.remaining() < Short.BYTES) {
                return tooShort();
            }
            int digit = in.getShort();
            if (digit < 0 || digit >= NUMERIC_BASE) {
                return malformed("invalid digit in external \"numeric\" value");
            }
            number = number.multiply(BigInteger.valueOf(NUMERIC_BASE)).add(BigInteger.valueOf(digit));
        }
        if (in.hasRemaining()) {
            return tooLong();
        }
        BigDecimal whole = new BigDecimal(number, -4 * (weight - count + 1));
        // Digits that the scale hides are cut off.
        return new Proven(new Decimal(whole.setScale(scale, RoundingMode.DOWN)));
    }

    private static KeyReading negated(KeyReading reading) {
        return reading instanceof Proven(Decimal decimal)
                ? new Proven(new Decimal(decimal.number().negate()))
                : reading;
    }
}
