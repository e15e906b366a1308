package dev.pgbraid.router.sharding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Which shard holds each bucket, in one epoch.
///
/// It is a value: two that say the same are equal.
public final class Placement {
    private final long epoch;
    private final List<ShardId> shards;
    private final ShardSet allShards;

    /// Puts each bucket on a shard.
    ///
    /// @param epoch the number of the topology that this belongs to; each change is the next one
    /// @param shards the shard of each bucket
    public Placement(long epoch, List<ShardId> shards) {
        this.epoch = epoch;
        this.shards = List.copyOf(shards);
        this.allShards = ShardSet.copyOf(shards);
    }

    /// Every shard has a run of as many buckets as the others, give or take one.
    public static Placement even(int buckets, List<ShardId> shards) {
        return of(IntStream.range(0, buckets)
                .mapToObj(bucket -> shards.get((int) ((long) bucket * shards.size() / buckets)))
                .toList());
    }

    /// The placement that a table begins with.
    public static Placement of(List<ShardId> shards) {
        return new Placement(0, shards);
    }

    public long epoch() {
        return epoch;
    }

    /// The shard of each bucket.
    public List<ShardId> shards() {
        return shards;
    }

    public int buckets() {
        return shards.size();
    }

    public ShardId shardOf(int bucket) {
        return shards.get(bucket);
    }

    public ShardSet shardsOf(BucketSet buckets) {
        return ShardSet.copyOf(buckets.stream().mapToObj(shards::get).distinct().toList());
    }

    /// Every shard that holds a bucket.
    public ShardSet allShards() {
        return allShards;
    }

    public BucketSet bucketsOf(ShardId shard) {
        return BucketSet.of(IntStream.range(0, shards.size())
                .filter(bucket -> shards.get(bucket).equals(shard))
                .toArray());
    }

    /// The next epoch, in which `target` holds `moved`.
    public Placement move(BucketSet moved, ShardId target) {
        List<ShardId> changed = new ArrayList<>(shards);
        moved.stream().forEach(bucket -> changed.set(bucket, target));
        return new Placement(epoch + 1, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement that && epoch == that.epoch && shards.equals(that.shards);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(epoch) + shards.hashCode();
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " " + shards;
    }
}
