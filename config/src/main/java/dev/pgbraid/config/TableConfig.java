package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import dev.pgbraid.config.key.Scalar;
import dev.pgbraid.config.key.ScalarList;
import dev.pgbraid.config.key.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the rows of a table are.
///
/// @param name the table's name, in schema `public` unless it is `schema.table`. Reload: no.
/// @param kind `sharded` by a key of its own, `colocated` with a sharded table whose key its own stands for,
///     `reference` for a copy on every shard, or `home` for the home shard, as with tables that are not listed.
///     Reload: no.
/// @param key the columns that decide where a row is, in order; needed for sharded and colocated tables. Reload: no.
/// @param colocatedWith the sharded table whose rows of the same key are on the same shard; for colocated tables.
///     Reload: no.
/// @param strategy how a key finds its shard: `hash` (PostgreSQL's partition hash over many buckets that can be moved),
///     `modulo` (the same hash modulo the number of shards), `ring` (consistent hashing), `range`, `list` or
///     `directory` (a table of keys); for sharded tables, as are all keys below. Reload: no.
/// @param buckets the buckets of strategy `hash`, a power of two. Reload: no.
/// @param virtualNodes the virtual nodes of each shard, for strategy `ring`. Reload: no.
/// @param ranges the ranges of strategy `range` by name; no two may overlap. Reload: no.
/// @param lists the lists of strategy `list` by name. Reload: no.
/// @param defaultShard the shard of keys that are in none of the ranges or lists. Reload: no.
/// @param newKeys where a row goes whose key is not in the directory: by its `hash`, or nowhere (`refuse`) until
///     `pgbraid.place_key` has given the key a place; `least-loaded` is `refuse` for now. Reload: no.
public record TableConfig(
        String name,
        Kind kind,
        List<String> key,
        Optional<String> colocatedWith,
        Strategy strategy,
        int buckets,
        int virtualNodes,
        List<RangeConfig> ranges,
        List<ListConfig> lists,
        Optional<String> defaultShard,
        NewKeys newKeys) {
    private static final String DEFAULT_SCHEMA = "public";
    private static final int BUCKETS_DEFAULT = 4096;
    private static final int VIRTUAL_NODES_DEFAULT = 150;

    static final Key<String> NAME = Key.required("name", Scalars.TABLE_NAME);
    private static final Key<Kind> KIND = Key.of("kind", Scalar.choice(List.of(Kind.values())), Kind.SHARDED);
    private static final Key<List<String>> KEY = Key.of("key", ScalarList.of(Scalars.NAME));
    private static final Key<Optional<String>> COLOCATED_WITH =
            Key.optional("colocated-with", Scalars.TABLE_NAME, "none");
    private static final Key<Optional<Strategy>> STRATEGY =
            Key.optional("strategy", Scalar.choice(List.of(Strategy.values())), "hash");
    private static final Key<Optional<Integer>> BUCKETS = Key.optional(
            "buckets",
            Scalars.integer(1, 65_536).where(count -> Integer.bitCount(count) == 1, "must be a power of two"),
            String.valueOf(BUCKETS_DEFAULT));
    private static final Key<Optional<Integer>> VIRTUAL_NODES =
            Key.optional("virtual-nodes", Scalars.integer(1, 10_000), String.valueOf(VIRTUAL_NODES_DEFAULT));
    private static final Key<List<RangeConfig>> RANGES =
            Key.of("ranges", NamedBlocks.of(RangeConfig.NAME, RangeConfig.BLOCK));
    private static final Key<List<ListConfig>> LISTS =
            Key.of("lists", NamedBlocks.of(ListConfig.NAME, ListConfig.BLOCK));
    private static final Key<Optional<String>> DEFAULT_SHARD =
            Key.optional("default-shard", Scalars.SHARD_NAME, "such keys are refused");
    private static final Key<Optional<NewKeys>> NEW_KEYS =
            Key.optional("new-keys", Scalar.choice(List.of(NewKeys.values())), "hash");

    static final Block<TableConfig> BLOCK = new Block<>(
            TableConfig.class,
            List.of(
                    KIND,
                    KEY,
                    COLOCATED_WITH,
                    STRATEGY,
                    BUCKETS,
                    VIRTUAL_NODES,
                    RANGES,
                    LISTS,
                    DEFAULT_SHARD,
                    NEW_KEYS),
            TableConfig::from);

    /// Which shards have rows of a table.
    public enum Kind {
        SHARDED,
        COLOCATED,
        REFERENCE,
        HOME
    }

    /// How a key finds its shard.
    public enum Strategy {
        HASH,
        MODULO,
        RING,
        RANGE,
        LIST,
        DIRECTORY
    }

    /// What becomes of keys that a directory does not know.
    public enum NewKeys {
        HASH,
        LEAST_LOADED,
        REFUSE
    }

    public TableConfig {
        key = List.copyOf(key);
        ranges = List.copyOf(ranges);
        lists = List.copyOf(lists);
        Invariants invariants = new Invariants()
                .require(NAME, name)
                .require(KEY, key)
                .requireDistinct(KEY, key)
                .require(COLOCATED_WITH, colocatedWith)
                .require(BUCKETS, Optional.of(buckets))
                .require(VIRTUAL_NODES, Optional.of(virtualNodes))
                .requireDistinct(RANGES, ranges.stream().map(RangeConfig::name).toList())
                .requireDistinct(LISTS, lists.stream().map(ListConfig::name).toList())
                .require(DEFAULT_SHARD, defaultShard);
        boolean hasKey = kind == Kind.SHARDED || kind == Kind.COLOCATED;
        boolean isRange = strategy == Strategy.RANGE;
        boolean isList = strategy == Strategy.LIST;
        requireOwned(invariants, KEY, hasKey, !key.isEmpty(), "sharded and colocated tables");
        requireOwned(invariants, COLOCATED_WITH, kind == Kind.COLOCATED, colocatedWith.isPresent(), "colocated tables");
        requireOwned(invariants, RANGES, isRange, !ranges.isEmpty(), "strategy range");
        requireOwned(invariants, LISTS, isList, !lists.isEmpty(), "strategy list");
        if (!isRange && !isList) {
            invariants.require(DEFAULT_SHARD, defaultShard.isEmpty(), "is only for strategies range and list");
        } else {
            invariants.require(KEY, key.size() < 2, "must be one column for strategies range and list");
        }
        invariants.check();
    }

    private static void requireOwned(
            Invariants invariants, Key<?> key, boolean isOwned, boolean isGiven, String owners) {
        invariants
                .require(key, !isOwned || isGiven, "is needed for " + owners)
                .require(key, isOwned || !isGiven, "is only for " + owners);
    }

    private static TableConfig from(Values values) {
        Kind kind = values.get(KIND);
        Strategy strategy = values.get(STRATEGY).orElse(Strategy.HASH);
        Invariants invariants = new Invariants();
        requireOwner(invariants, values, STRATEGY, kind == Kind.SHARDED, "sharded tables");
        requireOwner(invariants, values, BUCKETS, isStrategy(kind, strategy, Strategy.HASH), "strategy hash");
        requireOwner(invariants, values, VIRTUAL_NODES, isStrategy(kind, strategy, Strategy.RING), "strategy ring");
        requireOwner(
                invariants, values, NEW_KEYS, isStrategy(kind, strategy, Strategy.DIRECTORY), "strategy directory");
        invariants.check();
        return new TableConfig(
                values.names().getLast(),
                kind,
                values.get(KEY),
                values.get(COLOCATED_WITH),
                strategy,
                values.get(BUCKETS).orElse(BUCKETS_DEFAULT),
                values.get(VIRTUAL_NODES).orElse(VIRTUAL_NODES_DEFAULT),
                values.get(RANGES),
                values.get(LISTS),
                values.get(DEFAULT_SHARD),
                values.get(NEW_KEYS).orElse(NewKeys.HASH));
    }

    private static boolean isStrategy(Kind kind, Strategy strategy, Strategy wanted) {
        return kind == Kind.SHARDED && strategy == wanted;
    }

    /// A key that is given needs the kind of table that it is for.
    private static <T> void requireOwner(
            Invariants invariants, Values values, Key<Optional<T>> key, boolean isOwned, String owner) {
        invariants.require(key, isOwned || values.get(key).isEmpty(), "is only for " + owner);
    }

    /// The schema part of the name.
    public String schema() {
        int dot = name.indexOf('.');
        return dot < 0 ? DEFAULT_SCHEMA : name.substring(0, dot);
    }

    /// The name with its schema; two tables are one when these are equal.
    public String qualifiedName() {
        return qualified(name);
    }

    static String qualified(String name) {
        return name.contains(".") ? name : DEFAULT_SCHEMA + "." + name;
    }

    /// The shards that the table names, by the path of the key that names each.
    Map<List<String>, String> shardReferences() {
        Map<List<String>, String> references = new LinkedHashMap<>();
        ranges.forEach(range -> references.put(List.of(RANGES.name(), range.name(), "shard"), range.shard()));
        lists.forEach(list -> references.put(List.of(LISTS.name(), list.name(), "shard"), list.shard()));
        defaultShard.ifPresent(shard -> references.put(List.of(DEFAULT_SHARD.name()), shard));
        return references;
    }
}
