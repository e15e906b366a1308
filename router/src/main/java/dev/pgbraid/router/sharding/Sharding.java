package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.ShardKey;
import java.util.Optional;

/// How the rows of colocated tables are spread over shards.
///
/// @param function takes a key to its bucket
/// @param placement takes a bucket to its shard
public record Sharding(KeyFunction function, Placement placement) {
    public Sharding {
        if (function.buckets() != placement.buckets()) {
            throw new IllegalArgumentException(
                    "a function with " + function.buckets() + " buckets, a placement of " + placement.buckets());
        }
    }

    /// The shard of the rows with that key; nothing where there can be no such row.
    public Optional<ShardId> shardOf(ShardKey key) {
        int bucket = function.bucketOf(key);
        return bucket == KeyFunction.NO_BUCKET ? Optional.empty() : Optional.of(placement.shardOf(bucket));
    }

    /// The shards that can hold rows whose key lies in `range`.
    public ShardSet shardsOf(KeyRange range) {
        return placement.shardsOf(function.bucketsOf(range));
    }
}
