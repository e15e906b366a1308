package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// `DELETE`
///
/// @param where [Expression.CurrentOf] for the row of a cursor
public record Delete(
        Span span,
        Optional<With> with,
        FromItem.Table target,
        List<FromItem> using,
        Optional<Expression> where,
        Optional<Returning> returning)
        implements Statement {

    public Delete {
        using = List.copyOf(using);
    }
}
