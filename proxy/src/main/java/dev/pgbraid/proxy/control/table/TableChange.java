package dev.pgbraid.proxy.control.table;

import dev.pgbraid.router.catalog.ObjectName;
import java.util.List;
import java.util.Optional;

/// What is to become of a table.
public sealed interface TableChange {
    ObjectName table();

    /// Its rows go to the shards of their keys.
    ///
    /// @param colocatedWith the sharded table whose rows of the same key are to be on the same shard
    /// @param buckets how many there are; empty for the usual number, and where it is colocated
    record Shard(ObjectName table, List<String> key, Optional<ObjectName> colocatedWith, Optional<Integer> buckets)
            implements TableChange {
        public Shard {
            key = List.copyOf(key);
        }
    }

    /// Every shard gets all its rows.
    record Copy(ObjectName table) implements TableChange {}

    /// The home shard gets all its rows.
    record Gather(ObjectName table) implements TableChange {}
}
