package dev.pgbraid.proxy.control.table;

import dev.pgbraid.router.catalog.ObjectName;
import java.util.List;
import java.util.Optional;

/// What is to become of a table.
public sealed interface TableChange {
    ObjectName table();

    /// What is true of the table when the change is made.
    default String result() {
        return switch (this) {
            case Shard(ObjectName table, List<String> key, Optional<ObjectName> leader, var _) ->
                table + " is sharded by " + String.join(", ", key)
                        + leader.map(other -> " as " + other + " is").orElse("");
            case Copy(ObjectName table) -> table + " is on every shard";
            case Gather(ObjectName table) -> table + " is on the home shard";
            case Place(ObjectName table, String key, Optional<String> shard) ->
                "key " + key + " of " + table + " is on "
                        + shard.map(name -> "shard " + name).orElse("a shard");
        };
    }

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

    /// One shard gets the rows of a key, also those of the tables that are colocated.
    ///
    /// @param key as it is written
    /// @param shard its name; empty for the one with the fewest keys
    record Place(ObjectName table, String key, Optional<String> shard) implements TableChange {}

    /// The home shard gets all its rows.
    record Gather(ObjectName table) implements TableChange {}
}
