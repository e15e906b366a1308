package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// A query without the clauses that apply to its whole result.
public sealed interface QueryBody extends Node {

    /// `SELECT`, or `TABLE`, which is short for `SELECT * FROM`.
    record Select(
            Span span,
            Distinct distinct,
            List<Expression> distinctOn,
            List<SelectItem> items,
            List<FromItem> from,
            Optional<Expression> where,
            boolean groupByDistinct,
            List<Grouping> groupBy,
            Optional<Expression> having,
            List<Window.Definition> windows)
            implements QueryBody {

        public Select {
            distinctOn = List.copyOf(distinctOn);
            items = List.copyOf(items);
            from = List.copyOf(from);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }
    }

    /// Which rows of a `SELECT` are left out as duplicates.
    enum Distinct {
        NONE,
        DISTINCT,
        DISTINCT_ON
    }

    record SetOperation(Span span, Operator operator, boolean all, Query left, Query right) implements QueryBody {}

    /// The operators that combine queries.
    enum Operator {
        UNION,
        INTERSECT,
        EXCEPT
    }

    record Values(Span span, List<Expression.Row> rows) implements QueryBody {

        public Values {
            rows = List.copyOf(rows);
        }
    }
}
