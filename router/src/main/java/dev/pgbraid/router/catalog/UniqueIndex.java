package dev.pgbraid.router.catalog;

import java.util.List;

/// A unique index, whose rows are all those of its table.
///
/// @param columns the columns that are unique together; an expression among them is named by an empty string
/// @param primary whether it is that of the primary key
public record UniqueIndex(String name, List<String> columns, boolean primary) {
    public UniqueIndex {
        columns = List.copyOf(columns);
    }
}
