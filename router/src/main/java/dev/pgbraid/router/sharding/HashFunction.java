package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.ShardKey;

/// PostgreSQL's partition hash of the key, modulo the number of buckets.
public record HashFunction(int buckets) implements KeyFunction {
    public HashFunction {
        if (buckets < 1) {
            throw new IllegalArgumentException("a hash needs a bucket, has " + buckets);
        }
    }

    @Override
    public int bucketOf(ShardKey key) {
        return bucketOf(key.hash());
    }

    /// The bucket of a row with that hash.
    public int bucketOf(long hash) {
        return (int) Long.remainderUnsigned(hash, buckets);
    }
}
