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
    private Optional<Expression> count = Optional.empty();
    private boolean withTies;

    private Limits(Cursor in) {
        this.in = in;
    }

    static Optional<Query.Limit> read(Cursor in, Slots slots, Select query) {
        Select select = holder(query);
        if (select.getLimit() == null && select.getOffset() == null) {
            return Optional.empty();
        }
        Limits limits = new Limits(in);
        int first = in.end();
        int end = 0;
        if (select.getLimit() != null) {
            if (select.getLimit().getOffset() != null) {
                throw in.refuse("LIMIT has two counts");
            }
            Slot slot = slots.take(select.getLimit().getRowCount());
            boolean isFetch = slot.kind() == Kind.FETCH;
            limits.count = slots.read(slot, isFetch ? limits::fetch : limits::limit);
            first = slot.span().first() - (isFetch ? 0 : 1);
            end = slot.span().end();
        }
        Optional<Expression> offset = Optional.empty();
        if (select.getOffset() != null) {
            Slot slot = slots.take(select.getOffset().getOffset());
            offset = Optional.of(slots.read(slot, limits::offset));
            first = Math.min(first, slot.span().first() - 1);
            end = Math.max(end, slot.span().end());
        }
        return Optional.of(new Query.Limit(new Span(first, end), limits.count, offset, limits.withTies));
    }

    /// Puts together what stands outside and inside of parentheses around a whole query.
    static Optional<Query.Limit> merged(Cursor in, Optional<Query.Limit> outside, Optional<Query.Limit> inside) {
        if (outside.isEmpty() || inside.isEmpty()) {
            return outside.or(() -> inside);
        }
        Query.Limit outer = outside.get();
        Query.Limit inner = inside.get();
        if ((outer.count().isPresent() && inner.count().isPresent())
                || (outer.offset().isPresent() && inner.offset().isPresent())) {
            throw in.refuse("a limit stands both inside and outside of parentheses");
        }
        return Optional.of(new Query.Limit(
                new Span(inner.span().first(), outer.span().end()),
                outer.count().or(inner::count),
                outer.offset().or(inner::offset),
                outer.withTies() || inner.withTies()));
    }

    /// JSqlParser takes a limit that follows a set operation for one of its last query, if there is no ORDER BY before
    /// it. No query inside can have a limit of its own, as that would be in parentheses.
    private static Select holder(Select query) {
        boolean isHere = query.getLimit() != null || query.getOffset() != null;
        return !isHere && query instanceof SetOperationList list
                ? list.getSelects().getLast()
                : query;
    }

    private Optional<Expression> limit() {
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
