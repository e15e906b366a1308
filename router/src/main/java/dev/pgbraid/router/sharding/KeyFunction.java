package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.ShardKey;

/// Takes a key to its bucket. Pure, and the same in every proxy of a cluster.
public sealed interface KeyFunction permits RowHashFunction, RangeFunction, ListFunction, DirectoryFunction {
    /// What `bucketOf` gives for a key that has no place.
    int NO_BUCKET = -1;

    /// How many buckets there are; they are numbered from 0.
    int buckets();

    /// The bucket of rows with that key, or `NO_BUCKET` where there can be no such row.
    int bucketOf(ShardKey key);

    /// The buckets of all rows whose key lies in `range`, and as few others as the function allows.
    default BucketSet bucketsOf(KeyRange range) {
        return range.isEmpty() ? BucketSet.EMPTY : BucketSet.all(buckets());
    }
}
