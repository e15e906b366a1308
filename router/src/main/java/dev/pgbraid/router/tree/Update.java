package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// `UPDATE`
///
/// @param where [Expression.CurrentOf] for the row of a cursor
public record Update(
        Span span,
        Optional<With> with,
        FromItem.Table target,
        List<Assignment> assignments,
        List<FromItem> from,
        Optional<Expression> where,
        Optional<Returning> returning)
        implements Statement {

    public Update {
        assignments = List.copyOf(assignments);
        from = List.copyOf(from);
    }
}
