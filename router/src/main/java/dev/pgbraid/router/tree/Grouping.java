package dev.pgbraid.router.tree;

import java.util.List;

/// One element of `GROUP BY`.
public sealed interface Grouping extends Node {

    /// An expression, or several in parentheses as a row.
    record By(Span span, Expression expression) implements Grouping {}

    /// `()`
    record Empty(Span span) implements Grouping {}

    /// `ROLLUP (…)`
    record Rollup(Span span, List<Expression> expressions) implements Grouping {
        public Rollup {
            expressions = List.copyOf(expressions);
        }
    }

    /// `CUBE (…)`
    record Cube(Span span, List<Expression> expressions) implements Grouping {
        public Cube {
            expressions = List.copyOf(expressions);
        }
    }

    /// `GROUPING SETS (…)`
    record Sets(Span span, List<Grouping> elements) implements Grouping {
        public Sets {
            elements = List.copyOf(elements);
        }
    }
}
