package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.List;

/// A logical database: one to its clients, on one shard or many.
///
/// @param name the name that clients connect to. Reload: new connections.
/// @param shards the shards by name, at least one, in an order that counts: the first is the home shard.
///     Reload: new backends.
public record DatabaseConfig(String name, List<ShardConfig> shards) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<List<ShardConfig>> SHARDS =
            Key.required("shards", NamedBlocks.of(ShardConfig.NAME, ShardConfig.BLOCK));

    static final Block<DatabaseConfig> BLOCK = new Block<>(
            DatabaseConfig.class,
            List.of(SHARDS),
            values -> new DatabaseConfig(values.names().getLast(), values.get(SHARDS)));

    public DatabaseConfig {
        shards = List.copyOf(shards);
        new Invariants()
                .require(NAME, name)
                .require(SHARDS, !shards.isEmpty(), "must name at least one shard")
                .requireDistinct(SHARDS, shards.stream().map(ShardConfig::name).toList())
                .check();
    }
}
