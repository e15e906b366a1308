package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// What follows `OVER`: the rows that a window function looks at.
public sealed interface Window extends Node {

    /// `OVER name`
    record Named(Span span, String name) implements Window {}

    /// `OVER (…)`
    record Inline(Span span, Definition definition) implements Window {}

    /// What stands in the parentheses after `OVER`, or in the clause `WINDOW`.
    ///
    /// @param name what the clause `WINDOW` calls it
    /// @param base the window that this one extends
    record Definition(
            Span span,
            Optional<String> name,
            Optional<String> base,
            List<Expression> partitionBy,
            List<SortItem> orderBy,
            Optional<Frame> frame)
            implements Node.Clause {

        public Definition {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// `ROWS`, `RANGE` or `GROUPS` and what follows, known by its tokens and the expressions among them.
    record Frame(Span span, List<Expression> offsets) implements Node.Clause {
        public Frame {
            offsets = List.copyOf(offsets);
        }
    }
}
