package dev.pgbraid.router.sharding;

/// A shard of one database.
///
/// @param index its place in the configuration, from 0; the order of shards everywhere
/// @param name its name
public record ShardId(int index, String name) implements Comparable<ShardId> {
    @Override
    public int compareTo(ShardId that) {
        return Integer.compare(index, that.index);
    }

    @Override
    public String toString() {
        return name;
    }
}
