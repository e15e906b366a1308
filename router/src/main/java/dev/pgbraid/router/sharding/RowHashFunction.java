package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.ShardKey;

/// A function that needs no more of a key than its hash, which [dev.pgbraid.router.key.RowHash] computes without
/// making a key.
public sealed interface RowHashFunction extends KeyFunction permits HashFunction, RingFunction {
    /// The bucket of rows with that hash; there is always one.
    int bucketOf(long hash);

    @Override
    default int bucketOf(ShardKey key) {
        return bucketOf(key.hash());
    }
}
