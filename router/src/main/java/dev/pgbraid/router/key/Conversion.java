package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// PostgreSQL's casts between types of keys, as far as no setting changes what they do.
final class Conversion {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int LONG_DIGITS_MAX = 19;

    private Conversion() {}

    /// What an assignment makes of `value`.
    static KeyReading assign(KeyValue value, KeyType from, KeyType to) {
        if (value == KeyValue.Null.NULL || from == to) {
            return new Proven(value);
        }
        return switch (to) {
            case SMALLINT, INTEGER, BIGINT -> integer(value, from, to);
            case NUMERIC ->
                from.isInteger() && value instanceof Whole(long whole) ? number(whole) : unprovable(from, to);
            case TEXT, VARCHAR -> from.isCollatable() ? new Proven(value) : unprovable(from, to);
            case CHARACTER ->
                from.isCollatable() && value instanceof Octets text
                        ? new Proven(withoutPadding(text))
                        : unprovable(from, to);
            case DATE ->
                from == KeyType.TIMESTAMP && value instanceof Whole(long micros) ? day(micros) : unprovable(from, to);
            case TIMESTAMP ->
                from == KeyType.DATE && value instanceof Whole(long days) ? midnight(days) : unprovable(from, to);
            case BOOLEAN, BYTEA, TIMESTAMPTZ, UUID -> unprovable(from, to);
        };
    }

    /// The value that `=` finds equal to `value`. It is compared in the type that holds all values of both, so a cast
    /// to and fro must not change it.
    static KeyReading equal(KeyValue value, KeyType from, KeyType to) {
        KeyReading there = assign(value, from, to);
        if (there instanceof Unprovable) {
            return there;
        }
        boolean isEqual = there instanceof Proven(KeyValue converted)
                && assign(converted, to, from).equals(new Proven(value));
        return isEqual ? there : new Unprovable("equals no " + to.sqlName());
    }

    private static KeyReading integer(KeyValue value, KeyType from, KeyType to) {
        if (from.isInteger() && value instanceof Whole(long whole)) {
            return inRange(whole, to);
        }
        if (!(value instanceof Decimal decimal)) {
            return unprovable(from, to);
        }
        if (!decimal.isNumber()) {
            String what = decimal.equals(Decimal.NAN) ? "NaN" : "infinity";
            return new Invalid("0A000", "cannot convert " + what + " to " + to.sqlName());
        }
        BigDecimal number = decimal.number();
        if (number.precision() - number.scale() > LONG_DIGITS_MAX) {
            return outOfRange(to);
        }
        BigInteger rounded = number.setScale(0, RoundingMode.HALF_UP).toBigInteger();
        return rounded.bitLength() < Long.SIZE ? inRange(rounded.longValue(), to) : outOfRange(to);
    }

    private static KeyReading inRange(long whole, KeyType to) {
        return to.holds(whole) ? new Proven(new Whole(whole)) : outOfRange(to);
    }

    private static Invalid outOfRange(KeyType to) {
        return new Invalid("22003", to.sqlName() + " out of range");
    }

    private static KeyReading number(long whole) {
        return new Proven(new Decimal(BigDecimal.valueOf(whole)));
    }

    private static Octets withoutPadding(Octets text) {
        int end = text.length();
        while (end > 0 && text.at(end - 1) == ' ') {
            end--;
        }
        return text.first(end);
    }

    private static KeyReading day(long micros) {
        if (micros == DateTimeText.TIMESTAMP_LAST) {
            return new Proven(new Whole(DateTimeText.DATE_LAST));
        }
        return new Proven(new Whole(
                micros == DateTimeText.TIMESTAMP_FIRST ? DateTimeText.DATE_FIRST : Math.floorDiv(micros, DAY_MICROS)));
    }

    private static KeyReading midnight(long days) {
        if (days == DateTimeText.DATE_LAST) {
            return new Proven(new Whole(DateTimeText.TIMESTAMP_LAST));
        }
        if (days == DateTimeText.DATE_FIRST) {
            return new Proven(new Whole(DateTimeText.TIMESTAMP_FIRST));
        }
        return days < DateTimeText.TIMESTAMP_END / DAY_MICROS
                ? new Proven(new Whole(days * DAY_MICROS))
                : new Invalid("22008", "date out of range for timestamp");
    }

    private static Unprovable unprovable(KeyType from, KeyType to) {
        return new Unprovable("is " + from.sqlName() + ", and what " + to.sqlName() + " it is depends on more");
    }
}
