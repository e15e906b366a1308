package dev.pgbraid.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.sharding.DirectoryFunction.Directory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The keys of a table that have a place of their own, as they are stored. Each epoch has its own.
///
/// @param buckets by the keys
record StoredDirectory(Map<ShardKey, Integer> buckets) implements Directory {
    StoredDirectory {
        buckets = Map.copyOf(buckets);
    }

    static StoredDirectory of(ObjectName table, StoredTopology stored, Catalog catalog) {
        Map<ShardKey, Integer> buckets = new HashMap<>();
        stored.table(table.toString())
                .filter(found -> !found.entries().isEmpty())
                .ifPresent(found -> keyColumn(table, found, catalog)
                        .ifPresent(column -> found.entries()
                                .forEach(entry -> key(column, entry.key())
                                        .ifPresent(key -> buckets.put(
                                                key, found.placement().indexOf(entry.shard()))))));
        return new StoredDirectory(buckets);
    }

    private static Optional<KeyColumn> keyColumn(ObjectName table, StoredTable stored, Catalog catalog) {
        return catalog.relation(table)
                .flatMap(relation -> relation.column(stored.declared().key().getFirst()))
                .flatMap(catalog::keyColumn);
    }

    /// The key that is written so; nothing if a column has none that is.
    static Optional<ShardKey> key(KeyColumn column, String written) {
        byte[] bytes = written.getBytes(UTF_8);
        return column.type().readText(bytes, 0, bytes.length) instanceof KeyReading.Proven(var value)
                ? Optional.of(ShardKey.of(value))
                : Optional.empty();
    }

    @Override
    public OptionalInt find(ShardKey key) {
        Integer bucket = buckets.get(key);
        return bucket == null ? OptionalInt.empty() : OptionalInt.of(bucket);
    }
}
