package dev.pgbraid.router.sharding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.config.ListConfig;
import dev.pgbraid.config.RangeConfig;
import dev.pgbraid.config.SchemaConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.Octets;
import dev.pgbraid.router.sharding.DirectoryFunction.Directory;
import dev.pgbraid.router.sharding.DirectoryFunction.NewKeys;
import dev.pgbraid.router.sharding.KeyRange.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Makes the sharding of a table of what is declared and of what the catalog says of its key columns.
///
/// The configuration is read before there is a catalog, so what depends on the types of the columns is checked here.
public final class DeclaredSharding {
    private final TableConfig table;
    private final List<KeyColumn> columns;
    private final List<ShardId> shards;
    private final List<String> problems = new ArrayList<>();

    private DeclaredSharding(TableConfig table, List<KeyColumn> columns, List<ShardId> shards) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.shards = List.copyOf(shards);
    }

    /// A sharding, or why there can be none.
    public sealed interface Result {
        record Valid(Sharding sharding) implements Result {}

        /// What is wrong, each in words that begin with the name of the table.
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /// The sharding of a sharded table.
    ///
    /// @param columns its key columns, in the order of the key
    /// @param shards all shards of the database, in the order of the configuration
    /// @param directory what strategy `directory` looks keys up in
    public static Result of(TableConfig table, List<KeyColumn> columns, List<ShardId> shards, Directory directory) {
        DeclaredSharding declared = new DeclaredSharding(table, columns, shards);
        declared.checkColumns();
        if (!declared.problems.isEmpty()) {
            return new Result.Refused(declared.problems);
        }
        Optional<Sharding> sharding = switch (table.strategy()) {
            case HASH -> Optional.of(even(new HashFunction(table.buckets()), shards));
            case MODULO -> Optional.of(even(new HashFunction(shards.size()), shards));
            case RING -> Optional.of(ring(table, shards));
            case RANGE -> declared.ranges();
            case LIST -> declared.lists();
            case DIRECTORY -> Optional.of(even(directory(table, shards, directory), shards));
        };
        return sharding.<Result>map(Result.Valid::new).orElseGet(() -> new Result.Refused(declared.problems));
    }

    /// The sharding of the tables of some schemas: the key is the name of the schema.
    public static Sharding ofSchemas(List<SchemaConfig> schemas, List<ShardId> shards) {
        List<Set<KeyValue>> names = schemas.stream()
                .map(schema -> Set.<KeyValue>of(Octets.utf8(schema.name())))
                .toList();
        return new Sharding(
                new ListFunction(names, false),
                Placement.of(schemas.stream()
                        .map(schema -> shard(shards, schema.shard()))
                        .toList()));
    }

    /// Why rows of the same key in tables with these key columns are not always in one bucket, if so.
    public static Optional<String> colocationProblem(List<KeyColumn> leader, List<KeyColumn> follower) {
        for (int i = 0; i < leader.size(); i++) {
            KeyColumn own = follower.get(i);
            KeyColumn other = leader.get(i);
            if (!own.type().sharesKeysWith(other.type()) || own.collation() == KeyCollation.NONDETERMINISTIC) {
                return Optional.of("key column " + described(own) + " cannot stand for " + described(other));
            }
        }
        return Optional.empty();
    }

    private static String described(KeyColumn column) {
        return column.name() + " (" + column.type().sqlName() + ")";
    }

    private static Sharding even(KeyFunction function, List<ShardId> shards) {
        return new Sharding(function, Placement.even(function.buckets(), shards));
    }

    private static Sharding ring(TableConfig table, List<ShardId> shards) {
        return even(new RingFunction(shards.stream().map(ShardId::name).toList(), table.virtualNodes()), shards);
    }

    private static KeyFunction directory(TableConfig table, List<ShardId> shards, Directory directory) {
        NewKeys newKeys = switch (table.newKeys()) {
            case HASH -> NewKeys.HASH;
            case LEAST_LOADED, REFUSE -> NewKeys.NEED_ENTRY;
        };
        return new DirectoryFunction(directory, shards.size(), newKeys);
    }

    private void checkColumns() {
        if (!columns.stream().map(KeyColumn::name).toList().equals(table.key())) {
            throw new IllegalArgumentException(
                    "the key of " + table.name() + " is " + table.key() + ", not " + columns);
        }
        for (KeyColumn column : columns) {
            if (column.collation() == KeyCollation.NONDETERMINISTIC) {
                problems.add(table.name() + ": key column " + column.name()
                        + " has a nondeterministic collation, under which different texts can be one key");
            } else if (table.strategy() == TableConfig.Strategy.RANGE && column.collation() != KeyCollation.BYTES) {
                problems.add(table.name() + ": ranges of key column " + column.name()
                        + " need it to have collation C, POSIX or C.UTF-8");
            }
        }
    }

    /// A range and what it was made of.
    private record DeclaredRange(RangeConfig config, KeyRange range) {}

    private Optional<Sharding> ranges() {
        List<DeclaredRange> declared = new ArrayList<>();
        for (RangeConfig config : table.ranges()) {
            String key = "ranges." + config.name();
            KeyRange from = config.from()
                    .flatMap(text -> value(key + ".from", text))
                    .map(KeyRange::atLeast)
                    .orElse(KeyRange.ALL);
            KeyRange to = config.to()
                    .flatMap(text -> value(key + ".to", text))
                    .map(KeyRange::lessThan)
                    .orElse(KeyRange.ALL);
            KeyRange range = from.and(to);
            if (range.isEmpty()) {
                problem(key, "is empty, for to must be greater than from");
            }
            declared.add(new DeclaredRange(config, range));
        }
        declared.sort(Comparator.comparing(DeclaredRange::range, DeclaredSharding::compareLower));
        for (int i = 0; i + 1 < declared.size() && problems.isEmpty(); i++) {
            DeclaredRange next = declared.get(i + 1);
            if (declared.get(i).range().meets(next.range())) {
                problem(
                        "ranges." + next.config().name(),
                        "overlaps with " + declared.get(i).config().name());
            }
        }
        return declaredPlacement(
                () -> new RangeFunction(
                        declared.stream().map(DeclaredRange::range).toList(),
                        table.defaultShard().isPresent()),
                declared.stream().map(range -> range.config().shard()).toList());
    }

    /// A range without a lower bound is the first.
    private static int compareLower(KeyRange left, KeyRange right) {
        if (left.lower() instanceof Bound.At(KeyValue a, boolean _)) {
            return right.lower() instanceof Bound.At(KeyValue b, boolean _) ? KeyValue.compare(a, b) : 1;
        }
        return right.lower() == Bound.None.NONE ? 0 : -1;
    }

    private Optional<Sharding> lists() {
        Map<KeyValue, String> seen = new HashMap<>();
        List<Set<KeyValue>> lists = new ArrayList<>();
        for (ListConfig config : table.lists()) {
            String key = "lists." + config.name() + ".values";
            Set<KeyValue> values = new HashSet<>();
            for (String text : config.values()) {
                value(key, text).ifPresent(value -> {
                    values.add(value);
                    String other = seen.putIfAbsent(value, config.name());
                    if (other != null) {
                        problem(key, "has " + text + ", which is in " + other + " already");
                    }
                });
            }
            lists.add(values);
        }
        return declaredPlacement(
                () -> new ListFunction(lists, table.defaultShard().isPresent()),
                table.lists().stream().map(ListConfig::shard).toList());
    }

    private Optional<Sharding> declaredPlacement(Supplier<KeyFunction> function, List<String> shardNames) {
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        List<ShardId> placed = new ArrayList<>();
        shardNames.forEach(name -> placed.add(shard(shards, name)));
        table.defaultShard().ifPresent(name -> placed.add(shard(shards, name)));
        return Optional.of(new Sharding(function.get(), Placement.of(placed)));
    }

    private static ShardId shard(List<ShardId> shards, String name) {
        return shards.stream()
                .filter(shard -> shard.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no shard is called " + name));
    }

    /// The value of the only key column that is declared as `text`.
    private Optional<KeyValue> value(String key, String text) {
        KeyColumn column = columns.getFirst();
        byte[] bytes = text.getBytes(UTF_8);
        return switch (column.type().readText(bytes, 0, bytes.length)) {
            case Proven(KeyValue value) -> Optional.of(value);
            case Unprovable(String reason) -> {
                problem(key, "has " + text + ", which " + reason);
                yield Optional.empty();
            }
            case Invalid(String _, String message) -> {
                problem(key, "has no value of key column " + described(column) + ": " + message);
                yield Optional.empty();
            }
        };
    }

    private void problem(String key, String words) {
        problems.add(table.name() + "." + key + " " + words);
    }
}
