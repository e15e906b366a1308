package dev.pgbraid.router.tree;

import java.util.List;

/// `WITH`: queries and changes that a statement refers to by name.
public record With(Span span, boolean recursive, List<CommonTable> tables) implements Node.Clause {

    public With {
        tables = List.copyOf(tables);
    }

    /// One name of a `WITH` clause.
    public record CommonTable(
            Span span, String name, List<String> columns, Materialization materialization, Statement statement)
            implements Node.Clause {

        public CommonTable {
            columns = List.copyOf(columns);
        }
    }

    /// Whether a common table is computed apart.
    public enum Materialization {
        UNSPECIFIED,
        MATERIALIZED,
        NOT_MATERIALIZED
    }
}
