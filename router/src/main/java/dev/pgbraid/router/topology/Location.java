package dev.pgbraid.router.topology;

import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.sharding.ShardId;
import java.util.List;

/// Which shards have rows of a relation.
public sealed interface Location {

    /// Each row is on the shard of its key.
    ///
    /// @param group the tables whose rows of the same key are on the same shard
    /// @param key the key columns in their order
    record Sharded(ColocationGroup group, List<KeyColumn> key) implements Location {
        public Sharded {
            key = List.copyOf(key);
        }
    }

    /// Each shard has all rows.
    record Reference() implements Location {}

    /// One shard has all rows: the home shard, or that of a schema.
    record OneShard(ShardId shard) implements Location {}
}
