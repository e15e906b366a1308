package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.util.List;
import java.util.Optional;

/// A range of key values with its rows on one shard.
///
/// @param name the name of the range in messages. Reload: no.
/// @param from the smallest key in the range. Reload: no.
/// @param to the smallest key above the range, which is not in it. Reload: no.
/// @param shard the shard that holds the rows at first. Reload: no.
public record RangeConfig(String name, Optional<String> from, Optional<String> to, String shard) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<Optional<String>> FROM = Key.optional("from", Scalars.KEY_VALUE, "no lower bound");
    private static final Key<Optional<String>> TO = Key.optional("to", Scalars.KEY_VALUE, "no upper bound");
    private static final Key<String> SHARD = Key.required("shard", Scalars.SHARD_NAME);

    static final Block<RangeConfig> BLOCK = new Block<>(
            RangeConfig.class,
            List.of(FROM, TO, SHARD),
            values -> new RangeConfig(values.names().getLast(), values.get(FROM), values.get(TO), values.get(SHARD)));

    public RangeConfig {
        new Invariants()
                .require(NAME, name)
                .require(FROM, from)
                .require(TO, to)
                .require(SHARD, shard)
                .check();
    }
}
