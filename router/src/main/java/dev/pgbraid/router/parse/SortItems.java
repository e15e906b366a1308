package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.SortItem.Direction;
import dev.pgbraid.router.tree.SortItem.Nulls;
import java.util.List;
import java.util.Optional;

/// Reads what follows `ORDER BY`.
final class SortItems {
    private SortItems() {}

    /// Reads the whole clause.
    static List<SortItem> read(Cursor in) {
        in.expect("order", "by");
        return in.list(() -> readItem(in));
    }

    static SortItem readItem(Cursor in) {
        int first = in.position();
        Expression expression = Expressions.read(in);
        Direction direction = Direction.UNSPECIFIED;
        Optional<Expression.Operator> using = Optional.empty();
        if (in.accept("asc")) {
            direction = Direction.ASCENDING;
        } else if (in.accept("desc")) {
            direction = Direction.DESCENDING;
        } else if (in.accept("using")) {
            using = Optional.of(Operators.read(in));
        }
        Nulls nulls = nulls(in);
        return new SortItem(in.spanFrom(first), expression, direction, using, nulls);
    }

    private static Nulls nulls(Cursor in) {
        if (in.accept("nulls", "first")) {
            return Nulls.FIRST;
        }
        return in.accept("nulls", "last") ? Nulls.LAST : Nulls.UNSPECIFIED;
    }
}
