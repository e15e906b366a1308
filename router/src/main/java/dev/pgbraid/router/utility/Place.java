package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.ShardId;
import java.util.List;
import java.util.Optional;

/// On which shards a relation exists.
sealed interface Place {

    /// On one.
    record OneShard(ShardId shard) implements Place {}

    /// On all of them, with the same rows or without rows of its own.
    record Copies() implements Place {}

    /// On all of them, with the rows of different keys.
    ///
    /// @param leader of the tables that are colocated; unknown while the table does not exist
    /// @param key the names of its key columns, as far as they are known
    record Sharded(Optional<ObjectName> leader, List<String> key) implements Place {
        public Sharded {
            key = List.copyOf(key);
        }
    }

    /// Where the other relations of the statement are, and on all shards if there are none.
    record Anywhere() implements Place {}

    /// That cannot be told.
    ///
    /// @param reason a clause in words
    record Unknown(String reason) implements Place {}
}
