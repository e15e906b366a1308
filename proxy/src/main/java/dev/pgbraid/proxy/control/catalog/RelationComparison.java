package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares a relation that should be the same on every shard.
final class RelationComparison {
    private final ObjectName name;
    private final ShardState base;
    private final List<String> words = new ArrayList<>();

    private RelationComparison(ObjectName name, ShardState base) {
        this.name = name;
        this.base = base;
    }

    /// How the relation differs on the others from what it is on `base`, in words that follow its name.
    static Optional<String> differences(ObjectName name, ShardState base, List<ShardState> others) {
        RelationComparison comparison = new RelationComparison(name, base);
        others.forEach(comparison::compare);
        return comparison.words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", comparison.words));
    }

    private void compare(ShardState other) {
        Optional<Relation> relation = relation(other);
        Relation own = relation(base).orElseThrow();
        if (relation.isEmpty()) {
            words.add("is missing on " + other.shard());
        } else if (relation.get().kind() != own.kind()) {
            words.add("is another kind of relation on " + other.shard());
        } else {
            compareColumns(columns(base), columns(other), other);
            if (!relation.get().traits().equals(own.traits()) || !code(other).equals(code(base))) {
                words.add("has other rules, triggers or row security on " + other.shard());
            }
            if (!uniqueColumns(relation.get()).equals(uniqueColumns(own))) {
                words.add("has other unique indexes on " + other.shard());
            }
        }
    }

    private void compareColumns(Map<String, String> own, Map<String, String> others, ShardState other) {
        own.forEach((column, text) -> {
            String otherText = others.get(column);
            if (otherText == null) {
                words.add("has no column " + column + " on " + other.shard());
            } else if (!otherText.equals(text)) {
                words.add("has column " + column + " as " + text + " on " + base.shard() + " and as " + otherText
                        + " on " + other.shard());
            }
        });
        others.keySet().stream()
                .filter(column -> !own.containsKey(column))
                .forEach(column -> words.add("has no column " + column + " on " + base.shard()));
        boolean isPermuted = own.keySet().equals(others.keySet())
                && !List.copyOf(own.keySet()).equals(List.copyOf(others.keySet()));
        if (isPermuted) {
            words.add("has its columns in another order on " + other.shard());
        }
    }

    private Optional<Relation> relation(ShardState state) {
        return Optional.ofNullable(state.catalog().relations().get(name));
    }

    private AttachedCode code(ShardState state) {
        return state.catalog().code().getOrDefault(name, AttachedCode.NONE);
    }

    private Map<String, String> columns(ShardState state) {
        return state.catalog().columns().getOrDefault(name, Map.of());
    }

    private static Set<Set<String>> uniqueColumns(Relation relation) {
        Set<Set<String>> columns = new HashSet<>();
        for (UniqueIndex index : relation.uniqueIndexes()) {
            columns.add(Set.copyOf(index.columns().stream().distinct().toList()));
        }
        return columns;
    }
}
