package dev.pgbraid.proxy.metrics;

import java.util.Arrays;
import java.util.stream.LongStream;

/// How often a quantity had which size.
public final class Histogram {
    private static final long[] LATENCY_NANOS = LongStream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000,
                    60_000_000)
            .map(micros -> micros * 1_000)
            .toArray();
    private static final long[] WIDTHS = {2, 4, 8, 16, 32, 64, 128, 256};

    private final long[] bounds;
    private final long[] counts;
    private long sum;

    private Histogram(long[] bounds) {
        this.bounds = bounds;
        this.counts = new long[bounds.length + 1];
    }

    /// Of times in nanoseconds, from a tenth of a millisecond to a minute.
    public static Histogram ofLatencies() {
        return new Histogram(LATENCY_NANOS);
    }

    /// Of numbers of shards.
    public static Histogram ofWidths() {
        return new Histogram(WIDTHS);
    }

    /// Counts a value; one that is on a bound belongs below it.
    public void record(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += value;
    }

    /// Adds what another one of the same kind has counted.
    public void addAll(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        sum += other.sum;
    }

    public long sum() {
        return sum;
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /// How many buckets there are. The last has no upper bound.
    public int buckets() {
        return counts.length;
    }

    /// The upper bound of a bucket, infinity for the last.
    public double bound(int bucket) {
        return bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
    }

    /// How many values are in a bucket and in none before it.
    public long count(int bucket) {
        return counts[bucket];
    }

    /// The bound of the bucket that the value is in which a fraction of all values is not above; 0 if there is none.
    public double quantileBound(double fraction) {
        long all = count();
        long seen = 0;
        int bucket = 0;
        while (bucket < bounds.length && seen + counts[bucket] < fraction * all) {
            seen += counts[bucket];
            bucket++;
        }
        return all == 0 ? 0 : bound(bucket);
    }
}
