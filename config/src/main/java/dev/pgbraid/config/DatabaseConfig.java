package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A logical database: one to its clients, on one shard or many.
///
/// @param name the name that clients connect to. Reload: new connections.
/// @param shards the shards by name, at least one, in an order that counts: the first is the home shard; where there
///     are several, a change of them takes a restart. Reload: new backends.
/// @param control how their catalogs are read and the placement is kept. Reload: no.
/// @param schemas the schemas whose tables are all on one shard, such as those of tenants, by name. Reload: no.
/// @param tables the tables whose rows are not on the home shard alone, by name: `table` in schema `public`,
///     or `schema.table`. Reload: no.
/// @param timeouts how long things may take in the database. Reload: at once.
public record DatabaseConfig(
        String name,
        List<ShardConfig> shards,
        ControlConfig control,
        List<SchemaConfig> schemas,
        List<TableConfig> tables,
        SessionTimeoutConfig timeouts) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<List<ShardConfig>> SHARDS =
            Key.required("shards", NamedBlocks.of(ShardConfig.NAME, ShardConfig.BLOCK));
    static final Key<ControlConfig> CONTROL =
            Key.of("control", ControlConfig.BLOCK).untilRestart();
    private static final Key<List<SchemaConfig>> SCHEMAS = Key.of(
                    "schemas", NamedBlocks.of(SchemaConfig.NAME, SchemaConfig.BLOCK))
            .untilRestart();
    private static final Key<List<TableConfig>> TABLES = Key.of(
                    "tables", NamedBlocks.of(TableConfig.NAME, TableConfig.BLOCK))
            .untilRestart();
    private static final Key<SessionTimeoutConfig> TIMEOUTS = Key.of("timeouts", SessionTimeoutConfig.BLOCK);

    static final Block<DatabaseConfig> BLOCK = new Block<>(
            DatabaseConfig.class,
            List.of(SHARDS, CONTROL, SCHEMAS, TABLES, TIMEOUTS),
            values -> new DatabaseConfig(
                    values.names().getLast(),
                    values.get(SHARDS),
                    values.get(CONTROL),
                    values.get(SCHEMAS),
                    values.get(TABLES),
                    values.get(TIMEOUTS)));

    public DatabaseConfig {
        shards = List.copyOf(shards);
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
        Invariants invariants = new Invariants()
                .require(NAME, name)
                .require(SHARDS, !shards.isEmpty(), "must name at least one shard")
                .requireDistinct(SHARDS, shards.stream().map(ShardConfig::name).toList())
                .requireDistinct(
                        SCHEMAS, schemas.stream().map(SchemaConfig::name).toList());
        requireShards(invariants, shards, schemas, tables);
        requireTables(invariants, schemas, tables);
        invariants.check();
    }

    private static void requireShards(
            Invariants invariants, List<ShardConfig> shards, List<SchemaConfig> schemas, List<TableConfig> tables) {
        Map<List<String>, String> references = new LinkedHashMap<>();
        schemas.forEach(schema -> references.put(List.of("schemas", schema.name(), "shard"), schema.shard()));
        for (TableConfig table : tables) {
            table.shardReferences().forEach((path, shard) -> references.put(inTable(table, path), shard));
        }
        Set<String> names = new HashSet<>();
        shards.forEach(shard -> names.add(shard.name()));
        references.forEach(
                (path, shard) -> invariants.require(path, names.contains(shard), "names no shard, is " + shard));
    }

    private static void requireTables(Invariants invariants, List<SchemaConfig> schemas, List<TableConfig> tables) {
        Map<String, TableConfig> sharded = new HashMap<>();
        Set<String> names = new HashSet<>();
        Set<String> whole = new HashSet<>();
        schemas.forEach(schema -> whole.add(schema.name()));
        for (TableConfig table : tables) {
            if (table.kind() == TableConfig.Kind.SHARDED) {
                sharded.put(table.qualifiedName(), table);
            }
            List<String> path = inTable(table, List.of());
            invariants.require(path, names.add(table.qualifiedName()), "is " + table.qualifiedName() + " again");
            invariants.require(
                    path,
                    !whole.contains(table.schema()),
                    "is in schema " + table.schema() + ", which schemas puts on one shard");
        }
        for (TableConfig table : tables) {
            table.colocatedWith().ifPresent(other -> {
                TableConfig leader = sharded.get(TableConfig.qualified(other));
                List<String> path = inTable(table, List.of("colocated-with"));
                invariants.require(path, leader != null, "names no sharded table, is " + other);
                invariants.require(
                        inTable(table, List.of("key")),
                        leader == null || leader.key().size() == table.key().size(),
                        "must have as many columns as that of " + other);
            });
        }
    }

    /// Whether it has tables that are not on the home shard alone.
    public boolean isSharded() {
        return !tables.isEmpty() || !schemas.isEmpty();
    }

    private static List<String> inTable(TableConfig table, List<String> path) {
        List<String> whole = new ArrayList<>(List.of("tables", table.name()));
        whole.addAll(path);
        return whole;
    }
}
