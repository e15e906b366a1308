package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is gathered while a statement is bound.
final class Bindings {
    private static final int ITEMS_MAX = 2_000;
    private static final int COLUMNS_MAX = 100_000;
    private static final int EXPANSION_DEPTH_MAX = 64;

    private final Snapshot snapshot;
    private final Perspective perspective;
    private final SearchPath path;
    private final CodeCheck code;
    private final Effects effects = new Effects();
    private final ParameterUses parameters = new ParameterUses();
    private final List<Change> changes = new ArrayList<>();
    private final Map<ShardId, String> shards = new TreeMap<>();
    private final Map<Span, Optional<Relation>> tables = new HashMap<>();
    private final Set<Integer> timeLiterals = new HashSet<>();
    private final Set<Integer> timeParameters = new HashSet<>();
    private int items;
    private int variables;
    private int columns;
    private int depth;
    private int distributed;

    Bindings(Snapshot snapshot, Perspective perspective) {
        this.snapshot = snapshot;
        this.perspective = perspective;
        this.code = new CodeCheck(snapshot);
        this.path = SearchPath.of(perspective.searchPath(), perspective.user(), snapshot.catalog());
    }

    Catalog catalog() {
        return snapshot.catalog();
    }

    Topology topology() {
        return snapshot.topology();
    }

    CodeCheck code() {
        return code;
    }

    Perspective perspective() {
        return perspective;
    }

    SearchPath path() {
        return path;
    }

    Effects effects() {
        return effects;
    }

    ParameterUses parameters() {
        return parameters;
    }

    List<Change> changes() {
        return changes;
    }

    Map<ShardId, String> shards() {
        return shards;
    }

    Map<Span, Optional<Relation>> tables() {
        return tables;
    }

    /// The tokens of strings that may be read as a time.
    Set<Integer> timeLiterals() {
        return timeLiterals;
    }

    /// The parameters that may be read as a time.
    Set<Integer> timeParameters() {
        return timeParameters;
    }

    /// Notes that the statement cannot do without a shard.
    void require(ShardId shard, String reason) {
        shards.putIfAbsent(shard, reason);
    }

    int newItem() {
        if (++items > ITEMS_MAX) {
            throw BindingException.unsupported(
                    "the statement names more than " + ITEMS_MAX + " tables, with those of its views",
                    "Split the statement.");
        }
        return items;
    }

    /// Goes into a view or a common table. [#leave] goes out again.
    void enter(String name) {
        if (++depth > EXPANSION_DEPTH_MAX) {
            throw BindingException.unsupported(
                    "\"" + name + "\" is nested more than " + EXPANSION_DEPTH_MAX + " levels deep",
                    "Name the tables that it stands for.");
        }
    }

    void leave() {
        depth--;
    }

    /// Counts a relation that has rows on several shards.
    void distribute() {
        distributed++;
    }

    int distributed() {
        return distributed;
    }

    /// A column of an item, which is a variable if anything can be concluded from its values.
    Operand operand(int item, Column column) {
        return catalog()
                .keyColumn(column)
                .filter(key -> key.collation() != KeyCollation.NONDETERMINISTIC)
                .map(key -> variable(item, key))
                .orElseGet(() -> opaque(catalog().mayBeText(column.type()) ? Operand.OPAQUE : Operand.NO_TEXT));
    }

    private Operand variable(int item, KeyColumn key) {
        return variable(item, key.name(), key.type(), key.collation() == KeyCollation.BYTES);
    }

    Operand variable(int item, String name, KeyType type, boolean hasByteOrder) {
        count();
        return new Operand.Of(new Variable(variables++, item, name, type, hasByteOrder));
    }

    /// A variable for the values of another operand, if it is one.
    Operand alias(int item, NamedColumn column) {
        return switch (column.operand()) {
            case Operand.Of(Variable inner) -> variable(item, column.name(), inner.type(), inner.hasByteOrder());
            case Operand.Constant(Term term) ->
                TermTypes.of(term)
                        .map(type -> variable(item, column.name(), type, false))
                        .orElseGet(() -> opaque(Operand.OPAQUE));
            case Operand.Opaque opaque -> opaque(opaque);
        };
    }

    private Operand opaque(Operand.Opaque operand) {
        count();
        return operand;
    }

    private void count() {
        if (++columns > COLUMNS_MAX) {
            throw BindingException.unsupported(
                    "the tables of the statement have more than " + COLUMNS_MAX + " columns", "Split the statement.");
        }
    }

    /// Whether a temporary table hides what has that name.
    boolean isTemporary(String name) {
        return perspective.temporary().contains(name);
    }
}
