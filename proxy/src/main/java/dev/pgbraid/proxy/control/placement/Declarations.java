package dev.pgbraid.proxy.control.placement;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.SchemaConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.TableConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a configuration file declares, beside what is stored.
///
/// The file says how things begin. What is stored wins from then on, so a file that says something else about the same
/// table is refused: one of the two is not what somebody believes.
public final class Declarations {
    private final StoredTopology stored;
    private final List<String> shards;
    private final List<String> problems = new ArrayList<>();

    private Declarations(DatabaseConfig file, StoredTopology stored) {
        this.stored = stored;
        this.shards = file.shards().stream().map(ShardConfig::name).toList();
    }

    /// Where the two contradict each other, each in words that begin with the name of a table or schema.
    public static List<String> contradictions(DatabaseConfig file, StoredTopology stored) {
        Declarations declarations = new Declarations(file, stored);
        file.tables().forEach(declarations::compare);
        file.schemas().forEach(declarations::compare);
        stored.tables().forEach(declarations::checkShards);
        stored.schemas().stream()
                .filter(schema -> !declarations.shards.contains(schema.shard()))
                .forEach(schema -> declarations.problems.add("schema " + schema.name() + ": is stored on shard "
                        + schema.shard() + ", which the file does not have"));
        return List.copyOf(declarations.problems);
    }

    /// The next epoch, with the shards of the file, and what it declares and is not stored yet; nothing where
    /// all of it is.
    public static Optional<StoredTopology> additions(DatabaseConfig file, StoredTopology stored, String change) {
        List<String> shards = file.shards().stream().map(ShardConfig::name).toList();
        List<StoredTable> tables = new ArrayList<>(stored.tables());
        file.tables().stream()
                .filter(table -> stored.table(table.qualifiedName()).isEmpty())
                .forEach(table -> tables.add(StoredTable.first(table, shards)));
        List<SchemaConfig> schemas = new ArrayList<>(stored.schemas());
        file.schemas().stream()
                .filter(schema ->
                        schemas.stream().noneMatch(other -> other.name().equals(schema.name())))
                .forEach(schemas::add);
        boolean isMore = tables.size() > stored.tables().size()
                || schemas.size() > stored.schemas().size()
                || !shards.equals(stored.shards());
        return isMore || stored.epoch() == 0
                ? Optional.of(stored.over(shards).next(change, schemas, tables))
                : Optional.empty();
    }

    /// The database with the tables and schemas that are stored.
    public static DatabaseConfig database(DatabaseConfig file, StoredTopology stored) {
        return new DatabaseConfig(
                file.name(),
                file.shards(),
                file.control(),
                stored.schemas(),
                stored.tables().stream().map(StoredTable::declared).toList(),
                file.timeouts());
    }

    private void compare(TableConfig declared) {
        stored.table(declared.qualifiedName()).ifPresent(table -> {
            TableConfig other = table.declared();
            compare(declared, "kind", declared.kind(), other.kind());
            compare(declared, "key", declared.key(), other.key());
            compare(
                    declared,
                    "colocated-with",
                    declared.colocatedWith().map(Declarations::qualified),
                    other.colocatedWith().map(Declarations::qualified));
            compare(declared, "strategy", declared.strategy(), other.strategy());
            compare(declared, "buckets", declared.buckets(), other.buckets());
            compare(declared, "virtual-nodes", declared.virtualNodes(), other.virtualNodes());
            compare(declared, "ranges", declared.ranges(), other.ranges());
            compare(declared, "lists", declared.lists(), other.lists());
            compare(declared, "default-shard", declared.defaultShard(), other.defaultShard());
            compare(declared, "new-keys", declared.newKeys(), other.newKeys());
        });
    }

    private void compare(TableConfig table, String key, Object declared, Object other) {
        if (!declared.equals(other)) {
            problems.add(
                    table.qualifiedName() + ": " + key + " is " + declared + " in the file, but stored is " + other);
        }
    }

    private void compare(SchemaConfig declared) {
        stored.schemas().stream()
                .filter(other ->
                        other.name().equals(declared.name()) && !other.shard().equals(declared.shard()))
                .forEach(other -> problems.add("schema " + declared.name() + ": is on shard " + declared.shard()
                        + " in the file, but stored on " + other.shard()));
    }

    private void checkShards(StoredTable table) {
        table.unknownShard(shards)
                .ifPresent(shard ->
                        problems.add(table.name() + ": has rows on shard " + shard + ", which the file does not have"));
        if (table.countsShards() && !table.over().equals(shards)) {
            problems.add(table.name() + ": its keys are spread over the shards " + table.over()
                    + " in this order, but the file has " + shards);
        }
    }

    private static String qualified(String name) {
        return name.contains(".") ? name : "public." + name;
    }
}
