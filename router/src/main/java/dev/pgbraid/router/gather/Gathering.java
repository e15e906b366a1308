package dev.pgbraid.router.gather;

import java.util.List;

/// How the answer of a query is put together on a workbench.
///
/// @param parts what has to be there before the text can run
/// @param text the query over the tables of the parts
public record Gathering(List<Part> parts, Sql text) {
    public Gathering {
        parts = List.copyOf(parts);
    }

    /// Rows of one table.
    ///
    /// @param table the temporary table that they go to
    /// @param query gives them, a part of them on each shard
    /// @param rows gives at least these rows, without an order: where it runs, the query does
    /// @param primaryKey the columns that tell rows from each other, where the text depends on that
    public record Part(String table, Sql query, Sql rows, List<String> primaryKey) {
        public Part {
            primaryKey = List.copyOf(primaryKey);
        }
    }
}
