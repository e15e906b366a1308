package dev.pgbraid.router.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can stand in `FROM` by its name, and sequences and composite types.
///
/// @param columns in their order, without dropped ones and without system columns
/// @param parents the table that this is a partition of, or the tables that it inherits from
/// @param definition the query of a view or a materialized view, as PostgreSQL writes it for an empty search path
/// @param difference how the relation differs from shard to shard, in words that follow its name; statements that
///     touch such a relation are refused
public record Relation(
        ObjectName name,
        Kind kind,
        List<Column> columns,
        List<ObjectName> parents,
        List<UniqueIndex> uniqueIndexes,
        List<ForeignKey> foreignKeys,
        Set<Trait> traits,
        Optional<String> definition,
        Optional<String> difference) {

    public Relation {
        columns = List.copyOf(columns);
        parents = List.copyOf(parents);
        uniqueIndexes = List.copyOf(uniqueIndexes);
        foreignKeys = List.copyOf(foreignKeys);
        traits = Set.copyOf(traits);
    }

    /// What a relation is.
    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE,
        SEQUENCE,
        COMPOSITE_TYPE
    }

    /// What else holds for a relation.
    public enum Trait {
        ROW_SECURITY,
        /// A view whose owner's rows a condition cannot look into.
        SECURITY_BARRIER
    }

    /// A relation that is nothing but its columns.
    public static Relation of(ObjectName name, Kind kind, List<Column> columns) {
        return new Relation(
                name, kind, columns, List.of(), List.of(), List.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    /// The place of a column among the others, from 0; -1 if there is none of that name.
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    public Optional<Column> column(String column) {
        int index = indexOf(column);
        return index < 0 ? Optional.empty() : Optional.of(columns.get(index));
    }
}
