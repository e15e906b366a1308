package dev.pgbraid.router.topology;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.SchemaConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.sharding.DeclaredSharding;
import dev.pgbraid.router.sharding.DirectoryFunction.Directory;
import dev.pgbraid.router.sharding.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes a topology of what is declared and of what the catalog says.
///
/// A table with a mistake in its declaration is not treated as another kind of table: it is unusable, with the reason.
public final class DeclaredTopology {
    private static final int INHERITANCE_DEPTH_MAX = 64;

    private final Catalog catalog;
    private final Function<ObjectName, Directory> directories;
    private final List<ShardId> shards;
    private final Map<ObjectName, TableConfig> tables = new HashMap<>();
    private final Map<ObjectName, Location> locations = new HashMap<>();
    private final Map<ObjectName, String> unusable = new HashMap<>();

    private DeclaredTopology(DatabaseConfig database, Catalog catalog, Function<ObjectName, Directory> directories) {
        this.catalog = catalog;
        this.directories = directories;
        this.shards = IntStream.range(0, database.shards().size())
                .mapToObj(
                        index -> new ShardId(index, database.shards().get(index).name()))
                .toList();
        database.tables().forEach(table -> tables.put(name(table), table));
    }

    /// The topology that is declared, each table with the placement that it begins with.
    ///
    /// @param directories what a table of strategy `directory` looks keys up in
    public static Topology of(DatabaseConfig database, Catalog catalog, Function<ObjectName, Directory> directories) {
        return new DeclaredTopology(database, catalog, directories).topology(database);
    }

    private Topology topology(DatabaseConfig database) {
        tables.forEach((name, table) -> {
            switch (table.kind()) {
                case REFERENCE -> locations.put(name, new Location.Reference());
                case SHARDED -> keyColumns(name, table).ifPresent(key -> shard(name, table, key));
                case HOME -> locations.put(name, new Location.OneShard(shards.getFirst()));
                case COLOCATED -> {}
            }
        });
        tables.forEach((name, table) -> table.colocatedWith()
                .ifPresent(leader -> keyColumns(name, table).ifPresent(key -> colocate(name, key, parsed(leader)))));
        catalog.relations().forEach(this::inherit);
        Map<String, ShardId> schemas = database.schemas().stream()
                .collect(Collectors.toMap(SchemaConfig::name, schema -> shard(schema.shard())));
        return new Topology(shards, locations, schemas, distributed(), unusable, Optional.empty());
    }

    private Set<ObjectName> distributed() {
        Set<ObjectName> distributed = new HashSet<>();
        tables.forEach((name, table) -> {
            if (table.kind() != TableConfig.Kind.HOME) {
                distributed.add(name);
            }
        });
        return distributed;
    }

    private void shard(ObjectName name, TableConfig table, List<KeyColumn> key) {
        switch (DeclaredSharding.of(table, key, shards, directories.apply(name))) {
            case DeclaredSharding.Result.Valid(var sharding) ->
                locations.put(name, new Location.Sharded(new ColocationGroup(name, sharding), key));
            case DeclaredSharding.Result.Refused(List<String> problems) ->
                unusable.put(name, "cannot be sharded as declared: " + String.join("; ", problems));
        }
    }

    private void colocate(ObjectName name, List<KeyColumn> key, ObjectName leader) {
        if (!(locations.get(leader) instanceof Location.Sharded sharded)) {
            unusable.put(name, "is colocated with " + leader + ", which cannot be used or does not exist yet");
            return;
        }
        Optional<String> problem = DeclaredSharding.colocationProblem(sharded.key(), key);
        if (problem.isPresent()) {
            unusable.put(name, "cannot be colocated with " + leader + ": " + problem.get());
        } else {
            locations.put(name, new Location.Sharded(sharded.group(), key));
        }
    }

    /// The key columns as the catalog has them, or the note that the table cannot be used.
    private Optional<List<KeyColumn>> keyColumns(ObjectName name, TableConfig table) {
        Optional<Relation> relation = catalog.relation(name);
        if (relation.isEmpty()) {
            return Optional.empty();
        }
        List<KeyColumn> key = new ArrayList<>();
        for (String columnName : table.key()) {
            Optional<Column> column = relation.get().column(columnName);
            if (column.isEmpty()) {
                unusable.put(name, "has no column " + columnName + ", which is declared as its key");
                return Optional.empty();
            }
            Optional<KeyColumn> keyColumn = catalog.keyColumn(column.get());
            if (keyColumn.isEmpty()) {
                unusable.put(name, "has key column " + columnName + ", whose type cannot be that of a key");
                return Optional.empty();
            }
            key.add(keyColumn.get());
        }
        return Optional.of(key);
    }

    /// Puts a partition, or a table that inherits, where its uppermost declared parent is.
    private void inherit(Relation relation) {
        ObjectName name = relation.name();
        List<ObjectName> ancestors = ancestors(relation);
        boolean isDeclared = distributed().contains(name);
        for (ObjectName ancestor : ancestors) {
            if (isDeclared) {
                unusable.put(name, "is a part of " + ancestor + ", which is to be declared in its place");
                unusable.put(ancestor, "has the part " + name + ", which is declared by itself");
            } else if (tables.containsKey(ancestor)) {
                Optional.ofNullable(unusable.get(ancestor))
                        .ifPresent(problem -> unusable.put(name, "is a part of " + ancestor + ", which " + problem));
                Optional.ofNullable(locations.get(ancestor)).ifPresent(location -> locations.put(name, location));
            }
        }
    }

    private List<ObjectName> ancestors(Relation relation) {
        List<ObjectName> ancestors = new ArrayList<>(relation.parents());
        for (int i = 0; i < ancestors.size() && i < INHERITANCE_DEPTH_MAX; i++) {
            catalog.relation(ancestors.get(i)).ifPresent(parent -> ancestors.addAll(parent.parents()));
        }
        return ancestors;
    }

    private ShardId shard(String name) {
        return shards.stream()
                .filter(shard -> shard.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectName name(TableConfig table) {
        return parsed(table.qualifiedName());
    }

    private static ObjectName parsed(String written) {
        int dot = written.indexOf('.');
        return dot < 0
                ? new ObjectName("public", written)
                : new ObjectName(written.substring(0, dot), written.substring(dot + 1));
    }
}
