package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.SchemaConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyCollation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/// Makes one catalog of those of the shards.
///
/// A relation of one shard is as that shard has it. One of several shards is as the first of them has it, and says how
/// it differs on the others. Functions, types and operators are those of the first shard that is known.
public final class CatalogUnion {
    private static final int ANCESTORS_MAX = 64;

    private final DatabaseConfig database;
    private final List<ShardState> states;
    private final ShardState first;
    private final Map<String, String> shardOfSchema;
    private final Set<ObjectName> distributed;
    private final Map<ObjectName, Integer> typesOfFirst;
    private final Set<ObjectName> differentEnums = new HashSet<>();
    private final List<String> differences = new ArrayList<>();
    private final Catalog.Builder builder = Catalog.builder();

    private CatalogUnion(DatabaseConfig database, List<ShardState> states) {
        this.database = database;
        this.states = List.copyOf(states);
        this.first = states.getFirst();
        this.shardOfSchema =
                database.schemas().stream().collect(Collectors.toMap(SchemaConfig::name, SchemaConfig::shard));
        this.distributed = database.tables().stream()
                .filter(table -> table.kind() != TableConfig.Kind.HOME)
                .map(CatalogUnion::name)
                .collect(Collectors.toSet());
        this.typesOfFirst = first.catalog().types().stream().collect(Collectors.toMap(DataType::name, DataType::oid));
    }

    /// One catalog.
    ///
    /// @param differences how the shards differ, each in words that begin with what it is about
    public record Result(Catalog catalog, List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    /// Makes one of what is known.
    ///
    /// @param states of the shards that are known, at least one, in their order
    public static Result of(DatabaseConfig database, ShardCatalog builtIn, List<ShardState> states) {
        return new CatalogUnion(database, states).unite(builtIn);
    }

    private Result unite(ShardCatalog builtIn) {
        compareServers();
        compareEnums();
        List.of(builtIn, first.catalog()).forEach(this::addBase);
        builtIn.functions().values().forEach(builder::function);
        builtIn.relations().values().forEach(builder::relation);
        states.forEach(state -> state.catalog().schemas().forEach(builder::schema));
        states.forEach(state -> state.catalog().indexes().forEach(builder::index));
        addFunctions();
        Set<ObjectName> names = new TreeSet<>(Comparator.comparing(ObjectName::toString));
        states.forEach(state -> names.addAll(state.catalog().relations().keySet()));
        names.forEach(this::addRelation);
        first.catalog().sequences().keySet().stream().filter(this::isDisjoint).forEach(builder::disjointSequence);
        return new Result(builder.build(), differences);
    }

    private void addBase(ShardCatalog catalog) {
        catalog.schemas().forEach(builder::schema);
        catalog.types().forEach(builder::type);
        catalog.operators().forEach(builder::operator);
        catalog.casts().forEach(builder::implicitCast);
    }

    private void compareServers() {
        for (ShardState state : states) {
            ServerFacts server = state.server();
            if (!server.encoding().equals("UTF8")) {
                differences.add("shard " + state.shard() + ": has encoding " + server.encoding() + ", needs UTF8");
            }
            compareServer(
                    state, "PostgreSQL", server.majorVersion(), first.server().majorVersion());
            compareServer(
                    state,
                    "the default collation",
                    server.collation(),
                    first.server().collation());
            compareServer(
                    state,
                    "the version of the default collation",
                    server.collationVersion(),
                    first.server().collationVersion());
        }
    }

    private void compareServer(ShardState state, String what, Object value, Object ofFirst) {
        if (!value.equals(ofFirst)) {
            differences.add(
                    "shard " + state.shard() + ": " + what + " is " + value + ", on " + first.shard() + " " + ofFirst);
        }
    }

    private void compareEnums() {
        first.catalog()
                .labels()
                .forEach((name, labels) -> states.forEach(state -> {
                    List<String> others = state.catalog().labels().get(name);
                    if (others != null && !others.equals(labels) && differentEnums.add(name)) {
                        differences.add("type " + name + ": has the values " + labels + " on " + first.shard() + " and "
                                + others + " on " + state.shard());
                    }
                }));
    }

    /// What a function may do is the worst of what it may do anywhere.
    private void addFunctions() {
        first.catalog().functions().forEach((identity, function) -> {
            Volatility worst = function.volatility();
            for (ShardState state : states) {
                Function other = state.catalog().functions().getOrDefault(identity, function);
                if (other.volatility() != function.volatility()) {
                    differences.add("function " + identity + ": is " + function.volatility() + " on " + first.shard()
                            + " and " + other.volatility() + " on " + state.shard());
                }
                worst = Collections.max(List.of(worst, other.volatility()));
            }
            builder.function(new Function(
                    function.name(),
                    function.kind(),
                    function.argumentTypes(),
                    function.resultType(),
                    function.outputs(),
                    function.returnsSet(),
                    worst,
                    function.language()));
        });
    }

    private void addRelation(ObjectName name) {
        addCode(name);
        Optional<ShardState> owner = owner(name);
        if (isDistributed(name)) {
            addDistributed(name);
        } else {
            owner.flatMap(state -> relation(state, name).map(relation -> translated(relation, state)))
                    .ifPresent(builder::relation);
        }
    }

    /// The code of a relation that differs from shard to shard is that of the first of them that has it.
    private void addCode(ObjectName name) {
        Optional<ShardState> state = isDistributed(name)
                ? states.stream().filter(one -> relation(one, name).isPresent()).findFirst()
                : owner(name);
        state.map(one -> one.catalog().code().get(name)).ifPresent(code -> builder.code(name, code));
    }

    /// The shard of a relation that is on one alone, if that is known.
    private Optional<ShardState> owner(ObjectName name) {
        String shard = shardOfSchema.getOrDefault(
                name.schema(), database.shards().getFirst().name());
        return states.stream()
                .filter(state -> state.shard().name().equals(shard))
                .findFirst();
    }

    private void addDistributed(ObjectName name) {
        ShardState base = states.stream()
                .filter(state -> relation(state, name).isPresent())
                .findFirst()
                .orElseThrow();
        List<ShardState> others =
                states.stream().filter(state -> !state.equals(base)).toList();
        Relation relation = translated(relation(base, name).orElseThrow(), base);
        List<String> words = new ArrayList<>();
        RelationComparison.differences(name, base, others).ifPresent(words::add);
        relation.columns().stream()
                .map(column -> typeName(column.type()))
                .flatMap(Optional::stream)
                .filter(differentEnums::contains)
                .forEach(type -> words.add("has a column of type " + type + ", whose values differ"));
        words.forEach(word -> differences.add("table " + name + ": " + word));
        builder.relation(new Relation(
                name,
                relation.kind(),
                collated(relation.columns(), name),
                relation.parents(),
                relation.uniqueIndexes(),
                relation.foreignKeys(),
                relation.traits(),
                relation.definition(),
                words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words))));
    }

    /// The columns with the collation that allows the least of all shards.
    private List<Column> collated(List<Column> columns, ObjectName name) {
        BinaryOperator<KeyCollation> worst = BinaryOperator.maxBy(KeyCollation::compareTo);
        return columns.stream()
                .map(column -> new Column(
                        column.name(),
                        column.type(),
                        column.typeModifier(),
                        states.stream()
                                .map(state -> relation(state, name))
                                .flatMap(Optional::stream)
                                .map(relation -> relation.column(column.name()))
                                .flatMap(Optional::stream)
                                .map(Column::collation)
                                .reduce(column.collation(), worst),
                        column.notNull(),
                        column.defaultValue()))
                .toList();
    }

    /// A relation with the numbers that types have on the first shard.
    private Relation translated(Relation relation, ShardState state) {
        if (state.equals(first)) {
            return relation;
        }
        Map<Integer, ObjectName> names = new HashMap<>();
        state.catalog().types().forEach(type -> names.put(type.oid(), type.name()));
        List<Column> columns = relation.columns().stream()
                .map(column -> new Column(
                        column.name(),
                        DataType.isBuiltIn(column.type())
                                ? column.type()
                                : Objects.requireNonNullElse(typesOfFirst.get(names.get(column.type())), 0),
                        column.typeModifier(),
                        column.collation(),
                        column.notNull(),
                        column.defaultValue()))
                .toList();
        return new Relation(
                relation.name(),
                relation.kind(),
                columns,
                relation.parents(),
                relation.uniqueIndexes(),
                relation.foreignKeys(),
                relation.traits(),
                relation.definition(),
                relation.difference());
    }

    private Optional<ObjectName> typeName(int oid) {
        return first.catalog().types().stream()
                .filter(type -> type.oid() == oid)
                .map(DataType::name)
                .findFirst();
    }

    /// Whether a relation is declared to be on several shards, or is a part of one that is.
    private boolean isDistributed(ObjectName name) {
        List<ObjectName> line = new ArrayList<>(List.of(name));
        for (int i = 0; i < line.size() && i < ANCESTORS_MAX; i++) {
            if (distributed.contains(line.get(i))) {
                return true;
            }
            for (ShardState state : states) {
                relation(state, line.get(i)).ifPresent(relation -> line.addAll(relation.parents()));
            }
        }
        return false;
    }

    private boolean isDisjoint(ObjectName sequence) {
        List<SequenceFacts> everywhere = states.stream()
                .map(state -> state.catalog().sequences().get(sequence))
                .filter(Objects::nonNull)
                .toList();
        return everywhere.size() == database.shards().size() && SequenceFacts.areDisjoint(everywhere);
    }

    private static Optional<Relation> relation(ShardState state, ObjectName name) {
        return Optional.ofNullable(state.catalog().relations().get(name));
    }

    private static ObjectName name(TableConfig table) {
        String written = table.qualifiedName();
        int dot = written.indexOf('.');
        return new ObjectName(written.substring(0, dot), written.substring(dot + 1));
    }
}
