package dev.pgbraid.router.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Checks ranges over small numbers against looking at every number. A failure names its seed.
class RangeFunctionProperties {
    private static final int RUNS = Integer.getInteger("runs", 2000);
    private static final int KEY_MAX = 20;

    @Test
    void aKeyIsInTheBucketOfTheRangeThatHoldsIt() {
        for (long seed = 0; seed < RUNS; seed++) {
            RangeFunction function = function(new Random(seed));
            for (long key = -1; key <= KEY_MAX + 1; key++) {
                int expected = function.hasDefault() ? function.ranges().size() : KeyFunction.NO_BUCKET;
                for (int i = 0; i < function.ranges().size(); i++) {
                    expected = function.ranges().get(i).holds(new Whole(key)) ? i : expected;
                }
                assertThat(function.bucketOf(ShardKey.of(new Whole(key))))
                        .as("seed %d, key %d in %s", seed, key, function)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everyBucketWithAKeyOfTheRangeIsKeptAndFewOthers() {
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            RangeFunction function = function(random);
            KeyRange range = range(random);
            BucketSet kept = function.bucketsOf(range);
            BucketSet.Builder needed = new BucketSet.Builder();
            for (long key = -1; key <= KEY_MAX + 1; key++) {
                int bucket = function.bucketOf(ShardKey.of(new Whole(key)));
                if (range.holds(new Whole(key)) && bucket != KeyFunction.NO_BUCKET) {
                    needed.add(bucket);
                }
            }
            String described = "seed " + seed + ", " + range + " of " + function;

            assertThat(kept.and(needed.build())).as(described).isEqualTo(needed.build());
            kept.stream()
                    .filter(bucket -> bucket < function.ranges().size())
                    .forEach(bucket -> assertThat(range.meets(function.ranges().get(bucket)))
                            .as(described)
                            .isTrue());
        }
    }

    @Test
    void theDefaultIsLeftOutWhereTheRangesLeaveNoGap() {
        RangeFunction function = new RangeFunction(
                List.of(
                        KeyRange.lessThan(new Whole(5)),
                        KeyRange.atLeast(new Whole(5)).and(KeyRange.lessThan(new Whole(10)))),
                true);

        assertThat(function.bucketsOf(KeyRange.lessThan(new Whole(10)))).isEqualTo(BucketSet.of(0, 1));
        assertThat(function.bucketsOf(KeyRange.atMost(new Whole(10)))).isEqualTo(BucketSet.of(0, 1, 2));
        assertThat(function.bucketsOf(KeyRange.between(new Whole(6), new Whole(7))))
                .isEqualTo(BucketSet.of(1));
        assertThat(function.bucketsOf(KeyRange.greaterThan(new Whole(11)))).isEqualTo(BucketSet.of(2));
        assertThat(function.bucketOf(ShardKey.of(KeyValue.Null.NULL))).isEqualTo(2);
    }

    @Test
    void rangesThatMeetAreRefused() {
        KeyRange low = KeyRange.atMost(new Whole(5));
        KeyRange high = KeyRange.atLeast(new Whole(5));

        assertThatIllegalArgumentException().isThrownBy(() -> new RangeFunction(List.of(low, high), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new RangeFunction(List.of(high, low), false));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRange.atLeast(KeyValue.Null.NULL));
    }

    private static RangeFunction function(Random random) {
        List<Long> bounds = new ArrayList<>(new TreeSet<>(
                random.longs(random.nextInt(6), 0, KEY_MAX + 1L).boxed().toList()));
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.size(); i++) {
            if (random.nextInt(4) > 0) {
                ranges.add(KeyRange.atLeast(new Whole(bounds.get(i)))
                        .and(KeyRange.lessThan(new Whole(bounds.get(i + 1)))));
            }
        }
        if (!bounds.isEmpty() && random.nextBoolean()) {
            ranges.addFirst(KeyRange.lessThan(new Whole(bounds.getFirst())));
        }
        if (!bounds.isEmpty() && random.nextBoolean()) {
            ranges.addLast(KeyRange.atLeast(new Whole(bounds.getLast())));
        }
        return new RangeFunction(ranges, random.nextBoolean());
    }

    private static KeyRange range(Random random) {
        Whole value = new Whole(random.nextInt(KEY_MAX + 1));
        Whole other = new Whole(random.nextInt(KEY_MAX + 1));
        return switch (random.nextInt(7)) {
            case 0 -> KeyRange.lessThan(value);
            case 1 -> KeyRange.atMost(value);
            case 2 -> KeyRange.greaterThan(value);
            case 3 -> KeyRange.atLeast(value);
            case 4 -> KeyRange.exactly(value);
            case 5 -> KeyRange.between(value, other);
            default -> KeyRange.greaterThan(value).and(KeyRange.lessThan(other));
        };
    }
}
