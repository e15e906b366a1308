package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A key column as the catalog describes it.
///
/// @param name its name
/// @param type its type, the base type where it is a domain
/// @param typeModifier `atttypmod`: the length of a `varchar(n)` and the like, -1 without one
/// @param collation what its collation lets one conclude
public record KeyColumn(String name, KeyType type, int typeModifier, KeyCollation collation) {
    /// A length is kept with the four bytes of a header added.
    private static final int HEADER = 4;

    private static final int TIMESTAMP_PLACES_MAX = 6;
    private static final int NUMERIC_SCALE_BITS = 11;
    private static final int UTF8_CONTINUATION = 0b1000_0000;
    private static final int UTF8_LEAD_BITS = 0b1100_0000;

    /// What the column holds after `value`, which is of its type, was assigned to it by INSERT, UPDATE or COPY.
    ///
    /// A comparison with the column does not change a value in this way.
    public KeyReading assign(KeyValue value) {
        if (!type.holds(value)) {
            throw new IllegalArgumentException(value + " is no " + type.sqlName());
        }
        if (typeModifier < 0) {
            return new Proven(value);
        }
        return switch (value) {
            case Octets octets when type.isCollatable() -> fit(octets);
            case Decimal decimal -> fit(decimal);
            case Whole(long micros) when type == KeyType.TIMESTAMP || type == KeyType.TIMESTAMPTZ -> round(micros);
            case KeyValue.Null _, Octets _, Whole _ -> new Proven(value);
        };
    }

    /// Whether an assignment can make another value of a value, as that of 1.25 to a `numeric(3,1)` does. Where it
    /// cannot, a value that is assigned can be hashed as it comes; one that does not fit is an error on any shard.
    public boolean canChangeAssigned() {
        return typeModifier >= 0
                && switch (type) {
                    case VARCHAR, NUMERIC -> true;
                    case TIMESTAMP, TIMESTAMPTZ -> typeModifier < TIMESTAMP_PLACES_MAX;
                    // Its hash is that of the value without padding.
                    case CHARACTER -> false;
                    case BOOLEAN, BYTEA, BIGINT, SMALLINT, INTEGER, TEXT, DATE, UUID -> false;
                };
    }

    /// Blanks beyond the length are cut off.
    private KeyReading fit(Octets octets) {
        int lengthMax = typeModifier - HEADER;
        int end = 0;
        for (int characters = 0; characters < lengthMax && end < octets.length(); characters++) {
            end = next(octets, end);
        }
        for (int i = end; i < octets.length(); i++) {
            if (octets.at(i) != ' ') {
                return new Invalid("22001", "value too long for type " + type.sqlName() + "(" + lengthMax + ")");
            }
        }
        return new Proven(octets.first(end));
    }

    /// Where the character after the one at `start` begins.
    private static int next(Octets octets, int start) {
        int next = start + 1;
        while (next < octets.length() && (octets.at(next) & UTF8_LEAD_BITS) == UTF8_CONTINUATION) {
            next++;
        }
        return next;
    }

    private KeyReading fit(Decimal decimal) {
        if (decimal.equals(Decimal.NAN)) {
            return new Proven(decimal);
        }
        int precision = (typeModifier - HEADER) >> 16 & 0xFFFF;
        // The scale is a signed number of eleven bits.
        int scale =
                (typeModifier - HEADER) << (Integer.SIZE - NUMERIC_SCALE_BITS) >> (Integer.SIZE - NUMERIC_SCALE_BITS);
        if (decimal.isNumber()) {
            BigDecimal rounded = decimal.number().setScale(scale, RoundingMode.HALF_UP);
            if (rounded.signum() == 0 || rounded.precision() <= precision) {
                return new Proven(new Decimal(rounded));
            }
        }
        return new Invalid("22003", "numeric field overflow");
    }

    /// Half a unit is rounded away from zero, which is 2000-01-01.
    private KeyReading round(long micros) {
        if (typeModifier >= TIMESTAMP_PLACES_MAX || micros == Long.MIN_VALUE || micros == Long.MAX_VALUE) {
            return new Proven(new Whole(micros));
        }
        long unit = 1;
        for (int place = typeModifier; place < TIMESTAMP_PLACES_MAX; place++) {
            unit *= 10;
        }
        long rounded = (Math.abs(micros) + unit / 2) / unit * unit;
        return new Proven(new Whole(micros < 0 ? -rounded : rounded));
    }
}
