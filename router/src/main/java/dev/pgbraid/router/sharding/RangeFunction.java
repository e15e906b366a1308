package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.sharding.KeyRange.Bound.At;
import dev.pgbraid.router.sharding.KeyRange.Bound.None;
import java.util.List;

/// A bucket for each of some ranges of the only key column, and perhaps one more for everything else.
///
/// @param ranges the ranges in their order, no two of which meet
/// @param hasDefault whether the last bucket takes keys outside of all ranges, and NULL
public record RangeFunction(List<KeyRange> ranges, boolean hasDefault) implements KeyFunction {
    public RangeFunction {
        ranges = List.copyOf(ranges);
        for (int i = 0; i + 1 < ranges.size(); i++) {
            if (!isBefore(ranges.get(i), ranges.get(i + 1))) {
                throw new IllegalArgumentException(ranges.get(i) + " is not before " + ranges.get(i + 1));
            }
        }
    }

    private static boolean isBefore(KeyRange first, KeyRange second) {
        return first.upper() instanceof At(KeyValue end, boolean _)
                && second.lower() instanceof At(KeyValue start, boolean _)
                && KeyValue.compare(end, start) <= 0
                && !first.meets(second);
    }

    @Override
    public int buckets() {
        return ranges.size() + (hasDefault ? 1 : 0);
    }

    @Override
    public int bucketOf(ShardKey key) {
        KeyValue value = key.single();
        if (value != KeyValue.Null.NULL) {
            int bucket = firstNotBelow(value);
            if (bucket < ranges.size() && ranges.get(bucket).holds(value)) {
                return bucket;
            }
        }
        return hasDefault ? ranges.size() : NO_BUCKET;
    }

    /// The first range that holds `value` or a greater one, or the number of ranges when there is none.
    private int firstNotBelow(KeyValue value) {
        KeyRange above = KeyRange.atLeast(value);
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).meets(above)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public BucketSet bucketsOf(KeyRange range) {
        BucketSet.Builder buckets = new BucketSet.Builder();
        boolean isOutside = false;
        boolean isDone = range.isEmpty();
        // What of the range lies above the declared ones so far.
        KeyRange rest = range;
        for (int bucket = 0; bucket < ranges.size() && !isDone; bucket++) {
            KeyRange declared = ranges.get(bucket);
            if (declared.meets(rest)) {
                buckets.add(bucket);
                isOutside |= rest.beginsBefore(declared);
                rest = declared.upper() instanceof At(KeyValue end, boolean isIncluded)
                        ? rest.and(new KeyRange(new At(end, !isIncluded), None.NONE))
                        : rest;
                isDone = declared.upper() == None.NONE || rest.isEmpty();
            }
        }
        if (hasDefault && (isOutside || !isDone)) {
            buckets.add(ranges.size());
        }
        return buckets.build();
    }
}
