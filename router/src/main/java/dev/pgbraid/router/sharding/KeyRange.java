package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.KeyValue;

/// The values of one type between two bounds; NULL is none of them.
public record KeyRange(Bound lower, Bound upper) {
    /// Every value but NULL.
    public static final KeyRange ALL = new KeyRange(Bound.None.NONE, Bound.None.NONE);

    /// One end of a range.
    public sealed interface Bound {
        enum None implements Bound {
            NONE
        }

        /// At `value`, which is in the range or only next to it.
        record At(KeyValue value, boolean isIncluded) implements Bound {
            public At {
                if (value == KeyValue.Null.NULL) {
                    throw new IllegalArgumentException("no range begins or ends at NULL");
                }
            }
        }
    }

    public static KeyRange exactly(KeyValue value) {
        return new KeyRange(new Bound.At(value, true), new Bound.At(value, true));
    }

    public static KeyRange lessThan(KeyValue value) {
        return new KeyRange(Bound.None.NONE, new Bound.At(value, false));
    }

    public static KeyRange atMost(KeyValue value) {
        return new KeyRange(Bound.None.NONE, new Bound.At(value, true));
    }

    public static KeyRange greaterThan(KeyValue value) {
        return new KeyRange(new Bound.At(value, false), Bound.None.NONE);
    }

    public static KeyRange atLeast(KeyValue value) {
        return new KeyRange(new Bound.At(value, true), Bound.None.NONE);
    }

    /// What `BETWEEN low AND high` holds.
    public static KeyRange between(KeyValue low, KeyValue high) {
        return atLeast(low).and(atMost(high));
    }

    /// The values that are in both.
    public KeyRange and(KeyRange that) {
        return new KeyRange(
                isTighter(that.lower, lower, 1) ? that.lower : lower,
                isTighter(that.upper, upper, -1) ? that.upper : upper);
    }

    /// Whether `bound` leaves less than `other`, where values in the direction of `sign` are the ones left.
    private static boolean isTighter(Bound bound, Bound other, int sign) {
        if (!(bound instanceof Bound.At(KeyValue value, boolean isIncluded))) {
            return false;
        }
        if (!(other instanceof Bound.At(KeyValue otherValue, boolean isOtherIncluded))) {
            return true;
        }
        int order = KeyValue.compare(value, otherValue) * sign;
        return order > 0 || (order == 0 && isOtherIncluded && !isIncluded);
    }

    /// Whether no value lies between the bounds. A range that only holds no value of its type, such as the integers
    /// between 1 and 2, is not noticed.
    public boolean isEmpty() {
        if (lower instanceof Bound.At(KeyValue low, boolean isLowIncluded)
                && upper instanceof Bound.At(KeyValue high, boolean isHighIncluded)) {
            int order = KeyValue.compare(low, high);
            return order > 0 || (order == 0 && !(isLowIncluded && isHighIncluded));
        }
        return false;
    }

    /// Whether `value`, which is not NULL, lies between the bounds.
    public boolean holds(KeyValue value) {
        return meets(exactly(value));
    }

    boolean beginsBefore(KeyRange that) {
        return isTighter(that.lower, lower, 1);
    }

    public boolean meets(KeyRange that) {
        return !and(that).isEmpty();
    }
}
