package dev.pgbraid.router.topology;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ForeignKey;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.key.KeyColumn;
import java.util.ArrayList;
import java.util.List;

/// Finds constraints that the shards cannot check, for each of them knows its own rows alone.
public final class UncheckedConstraints {
    private final Catalog catalog;
    private final Topology topology;
    private final List<String> found = new ArrayList<>();

    private UncheckedConstraints(Catalog catalog, Topology topology) {
        this.catalog = catalog;
        this.topology = topology;
    }

    /// Each in words that begin with the name of a table.
    public static List<String> of(Catalog catalog, Topology topology) {
        UncheckedConstraints unchecked = new UncheckedConstraints(catalog, topology);
        for (Relation relation : catalog.relations()) {
            if (!relation.name().isBuiltIn()
                    && topology.problem(relation.name()).isEmpty()) {
                unchecked.check(relation);
            }
        }
        return List.copyOf(unchecked.found);
    }

    private void check(Relation relation) {
        Location location = topology.location(relation.name());
        if (location instanceof Location.Sharded(var _, List<KeyColumn> key) && topology.isDeclared(relation.name())) {
            relation.uniqueIndexes().forEach(index -> check(relation, index, names(key)));
        }
        relation.foreignKeys().stream()
                .filter(foreignKey -> !isChecked(location, foreignKey))
                .map(foreignKey -> relation.name() + " has the foreign key " + foreignKey.name() + " to "
                        + foreignKey.target() + ", whose rows can be on other shards than those that refer to them")
                .forEach(found::add);
    }

    private void check(Relation table, UniqueIndex index, List<String> key) {
        if (!index.columns().containsAll(key) && !isNumbered(table, index)) {
            found.add(table.name() + " has the unique index " + index.name() + " without the key "
                    + String.join(", ", key) + ": each shard checks its own rows alone");
        }
    }

    /// Whether the values of an index are numbers that no two shards take.
    private boolean isNumbered(Relation table, UniqueIndex index) {
        return index.columns().size() == 1
                && table.column(index.columns().getFirst()).flatMap(Column::defaultValue).stream()
                        .flatMap(value -> value.sequences().stream())
                        .anyMatch(catalog::isDisjoint);
    }

    private static List<String> names(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::name).toList();
    }

    /// Whether the rows that a foreign key refers to are where the rows are that have it.
    private boolean isChecked(Location from, ForeignKey foreignKey) {
        return switch (topology.location(foreignKey.target())) {
            case Location.Reference _ -> true;
            case Location.OneShard to -> to.equals(from);
            case Location.Sharded to ->
                from instanceof Location.Sharded sharded
                        && sharded.group().equals(to.group())
                        && refersByKey(foreignKey, names(sharded.key()), names(to.key()));
        };
    }

    private static boolean refersByKey(ForeignKey foreignKey, List<String> from, List<String> to) {
        for (int i = 0; i < from.size(); i++) {
            int place = foreignKey.columns().indexOf(from.get(i));
            if (place < 0 || !foreignKey.targetColumns().get(place).equals(to.get(i))) {
                return false;
            }
        }
        return true;
    }
}
