package dev.pgbraid.router.binding;

import dev.pgbraid.router.tree.QueryBody;
import java.util.List;
import java.util.Optional;

/// A query with its names bound.
///
/// @param outputs its columns; those of a set operation are variables that the columns of both sides are equal to
/// @param limited whether some rows may be left out by `LIMIT` or `OFFSET`
/// @param ordered whether its rows are sorted
/// @param locking whether rows are locked
/// @param hasVolatile whether it calls what may give another result each time
/// @param subqueries those in the clauses after the body
public record BoundQuery(
        Body body,
        List<NamedColumn> outputs,
        boolean limited,
        boolean ordered,
        boolean locking,
        boolean hasVolatile,
        List<BoundQuery> subqueries) {

    public BoundQuery {
        outputs = List.copyOf(outputs);
        subqueries = List.copyOf(subqueries);
    }

    /// A query that is nothing but its rows, which nobody outside of it looks at.
    static BoundQuery of(Body body) {
        return new BoundQuery(body, List.of(), false, false, false, false, List.of());
    }

    /// What the rows are made by.
    public sealed interface Body {}

    /// `SELECT`
    ///
    /// @param where what holds for every row of `from` that contributes
    /// @param subqueries those in any expression
    /// @param semijoins those of `IN` that `where` speaks of
    /// @param windows for each window that is used, what it is partitioned by
    /// @param distinct what makes rows different
    /// @param picksRows whether of rows that are not different one is picked
    public record Select(
            List<Item> from,
            List<Predicate> where,
            List<BoundQuery> subqueries,
            List<Item.Derived> semijoins,
            Grouping grouping,
            List<List<Operand>> windows,
            Optional<List<Operand>> distinct,
            boolean picksRows)
            implements Body {
        public Select {
            from = List.copyOf(from);
            where = List.copyOf(where);
            subqueries = List.copyOf(subqueries);
            semijoins = List.copyOf(semijoins);
            windows = List.copyOf(windows);
        }

        /// The rows that a change is about.
        static Select rows(
                List<Item> from, List<Predicate> where, List<BoundQuery> subqueries, List<Item.Derived> semijoins) {
            Grouping none = new Grouping(Grouping.Kind.NONE, List.of(), true);
            return new Select(from, where, subqueries, semijoins, none, List.of(), Optional.empty(), false);
        }
    }

    /// How rows become groups.
    ///
    /// @param kind whether there are groups at all
    /// @param by what the rows of a group have in common
    /// @param isOrderless whether no aggregate depends on the order of the rows
    public record Grouping(Kind kind, List<Operand> by, boolean isOrderless) {
        public Grouping {
            by = List.copyOf(by);
        }

        /// What there can be of groups.
        public enum Kind {
            NONE,
            /// One group of all rows.
            WHOLE,
            KEYS,
            /// `GROUPING SETS` and the like.
            SETS
        }
    }

    public record SetOperation(QueryBody.Operator operator, boolean all, BoundQuery left, BoundQuery right)
            implements Body {}

    public record Values(List<List<Operand>> rows, List<BoundQuery> subqueries) implements Body {
        public Values {
            rows = List.copyOf(rows);
            subqueries = List.copyOf(subqueries);
        }
    }
}
