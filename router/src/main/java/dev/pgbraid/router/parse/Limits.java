package dev.pgbraid.router.parse;

import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;

/// Reads `LIMIT`, `OFFSET` and `FETCH FIRST`.
final class Limits {
    private static final Set<String> ROWS = Set.of("row", "rows");

    private final Cursor in;
    private boolean withTies;

    private Limits(Cursor in) {
        this.in = in;
    }

    static Optional<Query.Limit> limit(Cursor in, Slots slots, Select query) {
        Select select = holder(query);
        if (select.getLimit() == null) {
            return Optional.empty();
        }
        if (select.getLimit().getOffset() != null) {
            throw in.refuse("LIMIT has two counts");
        }
        Limits limits = new Limits(in);
        Slot slot = slots.take(select.getLimit().getRowCount());
        boolean isFetch = slot.kind() == Kind.FETCH;
        Optional<Expression> count = slots.read(slot, isFetch ? limits::fetch : limits::count);
        int first = slot.span().first() - (isFetch ? 0 : 1);
        return Optional.of(new Query.Limit(new Span(first, slot.span().end()), count, limits.withTies));
    }

    static Optional<Expression> offset(Cursor in, Slots slots, Select query) {
        Select select = holder(query);
        if (select.getOffset() == null) {
            return Optional.empty();
        }
        Slot slot = slots.take(select.getOffset().getOffset());
        return Optional.of(slots.read(slot, new Limits(in)::offset));
    }

    /// JSqlParser takes a limit that follows a set operation for one of its last query, if there is no ORDER BY before
    /// it. No query inside can have a limit of its own, as that would be in parentheses.
    private static Select holder(Select query) {
        boolean isHere = query.getLimit() != null || query.getOffset() != null;
        return !isHere && query instanceof SetOperationList list
                ? list.getSelects().getLast()
                : query;
    }

    private Optional<Expression> count() {
        return in.accept("all") ? Optional.empty() : Optional.of(Expressions.read(in));
    }

    private Expression offset() {
        Expression offset = Expressions.read(in);
        in.acceptAny(ROWS);
        return offset;
    }

    private Optional<Expression> fetch() {
        in.expect("fetch");
        int first = in.position();
        if (!in.accept("first")) {
            in.expect("next");
        }
        boolean isOne = ROWS.contains(in.keyword());
        Expression rows = isOne ? new Expression.Other(in.spanFrom(first), "first", List.of()) : Expressions.read(in);
        if (!in.acceptAny(ROWS)) {
            throw in.unexpected();
        }
        withTies = in.accept("with", "ties");
        if (!withTies) {
            in.expect("only");
        }
        return Optional.of(rows);
    }
}
