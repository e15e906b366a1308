package dev.pgbraid.router.topology;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the relations of a database are.
///
/// What is not declared is on the home shard, and a partition or a table that inherits is where its parent is. A table
/// can be declared before it exists: then it is known here by its name, and the catalog does not have it.
public final class Topology {
    private final List<ShardId> shards;
    private final Map<ObjectName, Location> relations;
    private final Map<String, ShardId> schemas;
    private final Set<ObjectName> declared;
    private final Map<ObjectName, String> unusable;
    private final Optional<ObjectName> held;

    Topology(
            List<ShardId> shards,
            Map<ObjectName, Location> relations,
            Map<String, ShardId> schemas,
            Set<ObjectName> declared,
            Map<ObjectName, String> unusable,
            Optional<ObjectName> held) {
        this.shards = List.copyOf(shards);
        this.relations = Map.copyOf(relations);
        this.schemas = Map.copyOf(schemas);
        this.declared = Set.copyOf(declared);
        this.unusable = Map.copyOf(unusable);
        this.held = held;
    }

    /// A topology in which nothing is declared.
    ///
    /// @param shards all shards, in the order of the configuration
    public static Topology undeclared(List<ShardId> shards) {
        return new Topology(shards, Map.of(), Map.of(), Set.of(), Map.of(), Optional.empty());
    }

    /// All shards, in the order of the configuration.
    public List<ShardId> shards() {
        return shards;
    }

    public ShardSet allShards() {
        return ShardSet.copyOf(shards);
    }

    /// The shard of what is not declared.
    public ShardId home() {
        return shards.getFirst();
    }

    /// Whether nothing is declared to be anywhere else than on the home shard.
    public boolean isUndeclared() {
        return declared.isEmpty() && schemas.isEmpty();
    }

    /// Where a relation is that exists and that has no [#problem].
    public Location location(ObjectName relation) {
        Location location = relations.get(relation);
        return location == null ? new Location.OneShard(shardOf(relation.schema())) : location;
    }

    /// Why a declared relation, or a part of one, cannot be used, in words that follow its name.
    public Optional<String> problem(ObjectName relation) {
        return Optional.ofNullable(unusable.get(relation));
    }

    /// What is wrong with the declarations, each in words that begin with the name of a table.
    public List<String> problems() {
        return unusable.entrySet().stream()
                .filter(entry -> declared.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList();
    }

    /// Whether a table is declared to be somewhere else than on the home shard.
    public boolean isDeclared(ObjectName table) {
        return declared.contains(table);
    }

    /// The names of all tables that are declared, whether they exist or not.
    public Collection<ObjectName> declaredTables() {
        return declared;
    }

    /// The shard of relations in that schema that are not declared by themselves.
    public ShardId shardOf(String schema) {
        return schemas.getOrDefault(schema, home());
    }

    /// A table that nobody may use for a while, for its rows are being moved.
    public Optional<ObjectName> held() {
        return held;
    }

    /// The same relations, with other placements of some groups.
    ///
    /// @param placed the groups by their leaders
    /// @param closed a table that nobody may use for a while
    public Topology with(Map<ObjectName, ColocationGroup> placed, Optional<ObjectName> closed) {
        Map<ObjectName, Location> changed = new HashMap<>(relations);
        changed.replaceAll((_, location) -> location instanceof Location.Sharded sharded
                ? new Location.Sharded(placed.getOrDefault(sharded.group().leader(), sharded.group()), sharded.key())
                : location);
        return new Topology(shards, changed, schemas, declared, unusable, closed);
    }
}
