package dev.pgbraid.router.catalog;

import java.util.List;

/// What can make an `INSERT` conflict: a unique index, a partial one included, or an exclusion constraint.
///
/// @param columns the columns that are unique together; an expression among them, or one that is compared by another
///     operator than `=`, is named by an empty string
/// @param primary whether it is that of the primary key
public record UniqueIndex(String name, List<String> columns, boolean primary) {
    public UniqueIndex {
        columns = List.copyOf(columns);
    }
}
