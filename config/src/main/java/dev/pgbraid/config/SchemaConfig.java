package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.util.List;

/// A PostgreSQL schema with all its tables on one shard.
///
/// @param name the name of the schema. Reload: no.
/// @param shard the shard that holds its tables. Reload: no.
public record SchemaConfig(String name, String shard) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<String> SHARD = Key.required("shard", Scalars.SHARD_NAME);

    static final Block<SchemaConfig> BLOCK = new Block<>(
            SchemaConfig.class,
            List.of(SHARD),
            values -> new SchemaConfig(values.names().getLast(), values.get(SHARD)));

    public SchemaConfig {
        new Invariants().require(NAME, name).require(SHARD, shard).check();
    }
}
