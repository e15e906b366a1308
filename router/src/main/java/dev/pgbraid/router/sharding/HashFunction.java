package dev.pgbraid.router.sharding;

/// PostgreSQL's partition hash of the key, modulo the number of buckets.
public record HashFunction(int buckets) implements RowHashFunction {
    public HashFunction {
        if (buckets < 1) {
            throw new IllegalArgumentException("a hash needs a bucket, has " + buckets);
        }
    }

    @Override
    public int bucketOf(long hash) {
        return (int) Long.remainderUnsigned(hash, buckets);
    }
}
