package dev.pgbraid.router.catalog;

import java.util.List;

/// A foreign key of a table.
///
/// @param columns the columns that refer to others
/// @param target the table that they refer to
/// @param targetColumns the columns that they refer to, in the same order
public record ForeignKey(String name, List<String> columns, ObjectName target, List<String> targetColumns) {
    public ForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }
}
