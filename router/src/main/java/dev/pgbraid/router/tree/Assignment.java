package dev.pgbraid.router.tree;

import java.util.List;

/// A value for one column or several, as in `SET a = 1` or `SET (a, b) = (1, 2)`.
///
/// @param targets columns, or elements and fields of columns
/// @param multiple whether the targets stand in parentheses
/// @param value [Expression.Default] where the word is written
public record Assignment(Span span, List<Expression> targets, boolean multiple, Expression value)
        implements Node.Clause {

    public Assignment {
        targets = List.copyOf(targets);
    }
}
