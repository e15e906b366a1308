package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.ScalarList;
import java.util.List;

/// Some key values with their rows on one shard.
///
/// @param name the name of the list in messages. Reload: no.
/// @param values the values of the key, at least one. Reload: no.
/// @param shard the shard that holds the rows at first. Reload: no.
public record ListConfig(String name, List<String> values, String shard) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<List<String>> VALUES = Key.required("values", ScalarList.of(Scalars.KEY_VALUE));
    private static final Key<String> SHARD = Key.required("shard", Scalars.SHARD_NAME);

    static final Block<ListConfig> BLOCK = new Block<>(
            ListConfig.class,
            List.of(VALUES, SHARD),
            values -> new ListConfig(values.names().getLast(), values.get(VALUES), values.get(SHARD)));

    public ListConfig {
        values = List.copyOf(values);
        new Invariants()
                .require(NAME, name)
                .require(VALUES, values)
                .require(VALUES, !values.isEmpty(), "must hold at least one value")
                .requireDistinct(VALUES, values)
                .require(SHARD, shard)
                .check();
    }
}
