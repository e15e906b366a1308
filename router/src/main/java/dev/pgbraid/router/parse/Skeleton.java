package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Span;
import java.util.List;

/// A query in which only the words between its parts are left, and a made-up name for each part: for
/// `SELECT a + 1, b FROM t JOIN u USING (c) WHERE a IN (1, 2)` it is
/// `SELECT "~0" , "~1" FROM "~2" JOIN "~3" ON "~4" WHERE "~5"`.
///
/// @param slots the parts, by the numbers in their names
/// @param bodies what `UNION` and its relatives combine, or the only body
/// @param locking the clauses `FOR UPDATE` and the like, which leave no trace in the text
record Skeleton(String text, List<Slot> slots, List<Span> bodies, List<Query.Locking> locking) {

    Skeleton {
        slots = List.copyOf(slots);
        bodies = List.copyOf(bodies);
        locking = List.copyOf(locking);
    }

    /// A part.
    record Slot(Kind kind, Span span) {}

    /// What a part is, where its place in the text does not tell.
    enum Kind {
        ITEM,
        /// The `USING` of a join, which stands in the place of its condition.
        USING,
        /// The limit of `FETCH FIRST`.
        FETCH,
        /// A whole query in parentheses.
        QUERY,
        /// A list without elements, as in `SELECT FROM t`.
        NOTHING,
        /// What `TABLE` selects.
        ALL_COLUMNS
    }
}
