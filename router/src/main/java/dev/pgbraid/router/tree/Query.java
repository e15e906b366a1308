package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// What gives rows: `SELECT`, `VALUES`, `TABLE`, or a combination of them.
public record Query(
        Span span,
        Optional<With> with,
        QueryBody body,
        List<SortItem> orderBy,
        Optional<Limit> limit,
        Optional<Expression> offset,
        List<Locking> locking)
        implements Statement {

    public Query {
        orderBy = List.copyOf(orderBy);
        locking = List.copyOf(locking);
    }

    /// A query that is a body and nothing more.
    public static Query of(QueryBody body) {
        return new Query(body.span(), Optional.empty(), body, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /// `LIMIT` or `FETCH`. A count that is absent is `LIMIT ALL`. `FETCH FIRST ROW` has a count without a number: an
    /// [Expression.Other].
    public record Limit(Span span, Optional<Expression> count, boolean withTies) implements Node.Clause {}

    /// `FOR UPDATE` and its relatives.
    ///
    /// @param tables the names after `OF`; none means all
    public record Locking(Span span, Strength strength, List<List<String>> tables, Waiting waiting)
            implements Node.Clause {

        public Locking {
            tables = List.copyOf(tables);
        }
    }

    /// How strongly rows are locked.
    public enum Strength {
        KEY_SHARE,
        SHARE,
        NO_KEY_UPDATE,
        UPDATE
    }

    /// What happens at a row that somebody else has locked.
    public enum Waiting {
        WAIT,
        NOWAIT,
        SKIP_LOCKED
    }
}
