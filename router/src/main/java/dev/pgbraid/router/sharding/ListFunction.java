package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A bucket for each of some lists of values of the only key column, and perhaps one more for everything else.
public final class ListFunction implements KeyFunction {
    private final Map<KeyValue, Integer> bucketsByValue = new HashMap<>();
    private final int lists;
    private final boolean hasDefault;

    /// @param lists the values of each bucket, no value in two of them
    /// @param hasDefault whether the last bucket takes the values that are in no list
    public ListFunction(List<Set<KeyValue>> lists, boolean hasDefault) {
        this.lists = lists.size();
        this.hasDefault = hasDefault;
        for (int bucket = 0; bucket < lists.size(); bucket++) {
            for (KeyValue value : lists.get(bucket)) {
                if (bucketsByValue.putIfAbsent(value, bucket) != null) {
                    throw new IllegalArgumentException(value + " is in two lists");
                }
            }
        }
    }

    @Override
    public int buckets() {
        return lists + (hasDefault ? 1 : 0);
    }

    @Override
    public int bucketOf(ShardKey key) {
        return bucketsByValue.getOrDefault(key.single(), hasDefault ? lists : NO_BUCKET);
    }

    @Override
    public BucketSet bucketsOf(KeyRange range) {
        BucketSet.Builder buckets = new BucketSet.Builder();
        bucketsByValue.forEach((value, bucket) -> {
            if (value != KeyValue.Null.NULL && range.holds(value)) {
                buckets.add(bucket);
            }
        });
        if (hasDefault && !range.isEmpty()) {
            buckets.add(lists);
        }
        return buckets.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListFunction that
                && bucketsByValue.equals(that.bucketsByValue)
                && lists == that.lists
                && hasDefault == that.hasDefault;
    }

    @Override
    public int hashCode() {
        return bucketsByValue.hashCode();
    }
}
