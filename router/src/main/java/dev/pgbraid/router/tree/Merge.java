package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// `MERGE`
public record Merge(
        Span span,
        Optional<With> with,
        FromItem.Table target,
        FromItem source,
        Expression on,
        List<When> whens,
        Optional<Returning> returning)
        implements Statement {

    public Merge {
        whens = List.copyOf(whens);
    }

    /// What is done with some of the rows.
    public record When(Span span, Match match, Optional<Expression> condition, Action action) implements Node.Clause {}

    /// Which rows have found each other.
    public enum Match {
        MATCHED,
        NOT_MATCHED_BY_SOURCE,
        NOT_MATCHED_BY_TARGET
    }

    /// What is done with a row.
    public sealed interface Action extends Node permits DoUpdate, DoDelete, DoInsert, DoNothing {}

    /// Changes the row of the target.
    public record DoUpdate(Span span, List<Assignment> assignments) implements Action {
        public DoUpdate {
            assignments = List.copyOf(assignments);
        }
    }

    /// Deletes the row of the target.
    public record DoDelete(Span span) implements Action {}

    /// Inserts a row.
    ///
    /// @param values one for each column; none for `DEFAULT VALUES`
    public record DoInsert(Span span, List<Expression> columns, Insert.Overriding overriding, List<Expression> values)
            implements Action {
        public DoInsert {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }

    /// Leaves everything as it is, and keeps later clauses from the row.
    public record DoNothing(Span span) implements Action {}
}
