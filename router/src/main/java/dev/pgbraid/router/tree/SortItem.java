package dev.pgbraid.router.tree;

import java.util.Optional;

/// One element of `ORDER BY`.
///
/// @param using the operator of `USING`, which stands in the place of a direction
public record SortItem(
        Span span, Expression expression, Direction direction, Optional<Expression.Operator> using, Nulls nulls)
        implements Node.Clause {

    /// Which way values are sorted.
    public enum Direction {
        UNSPECIFIED,
        ASCENDING,
        DESCENDING
    }

    /// Where nulls are sorted. Unspecified is last for ascending and first for descending values.
    public enum Nulls {
        UNSPECIFIED,
        FIRST,
        LAST
    }
}
