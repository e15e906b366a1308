package dev.pgbraid.router.sharding;

import java.util.BitSet;
import java.util.stream.IntStream;

/// A set of buckets.
public final class BucketSet {
    public static final BucketSet EMPTY = new BucketSet(new BitSet());

    private final BitSet buckets;

    private BucketSet(BitSet buckets) {
        this.buckets = buckets;
    }

    public static BucketSet of(int... buckets) {
        Builder builder = new Builder();
        for (int bucket : buckets) {
            builder.add(bucket);
        }
        return builder.build();
    }

    /// The first `count` buckets, which are all of them.
    public static BucketSet all(int count) {
        BitSet all = new BitSet(count);
        all.set(0, count);
        return new BucketSet(all);
    }

    public boolean contains(int bucket) {
        return buckets.get(bucket);
    }

    public boolean isEmpty() {
        return buckets.isEmpty();
    }

    public int size() {
        return buckets.cardinality();
    }

    /// In ascending order.
    public IntStream stream() {
        return buckets.stream();
    }

    /// The buckets in either.
    public BucketSet or(BucketSet that) {
        BitSet either = (BitSet) buckets.clone();
        either.or(that.buckets);
        return new BucketSet(either);
    }

    /// The buckets in both.
    public BucketSet and(BucketSet that) {
        BitSet both = (BitSet) buckets.clone();
        both.and(that.buckets);
        return new BucketSet(both);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketSet that && buckets.equals(that.buckets);
    }

    @Override
    public int hashCode() {
        return buckets.hashCode();
    }

    @Override
    public String toString() {
        return buckets.toString();
    }

    /// Gathers buckets.
    public static final class Builder {
        private final BitSet buckets = new BitSet();

        public Builder add(int bucket) {
            buckets.set(bucket);
            return this;
        }

        public BucketSet build() {
            return new BucketSet((BitSet) buckets.clone());
        }
    }
}
