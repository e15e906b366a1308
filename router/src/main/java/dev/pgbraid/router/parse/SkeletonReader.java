package dev.pgbraid.router.parse;

import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Span;
import dev.pgbraid.router.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.Values;

/// Puts the parts of a query where JSqlParser finds their names in the [Skeleton].
final class SkeletonReader {
    private final Cursor in;
    private final Skeleton skeleton;
    private final Slots slots;
    private final Select select;

    private SkeletonReader(Cursor in, Skeleton skeleton) {
        this.in = in;
        this.skeleton = skeleton;
        this.slots = new Slots(in, skeleton);
        this.select = SkeletonParser.parse(skeleton.text());
    }

    /// @param first where the query begins, with its `WITH`
    static Query readQuery(Cursor in, Skeleton skeleton, int first, Optional<With> with) {
        return new SkeletonReader(in, skeleton).query(first, with);
    }

    static List<FromItem> readFrom(Cursor in, Skeleton skeleton) {
        return new SkeletonReader(in, skeleton).fromItems();
    }

    private Query query(int first, Optional<With> with) {
        List<SortItem> orderBy = new ArrayList<>();
        if (select.getOrderByElements() != null) {
            for (OrderByElement element : select.getOrderByElements()) {
                Slot slot = slots.take(element.getExpression());
                orderBy.add(slots.read(slot, () -> SortItems.readItem(in)));
            }
        }
        Optional<Query.Limit> limit = Limits.limit(in, slots, select);
        Optional<Expression> offset = Limits.offset(in, slots, select);
        Optional<Query> inner = inner(select);
        QueryBody body = inner.isPresent() ? inner.get().body() : body();
        slots.checkAllTaken();
        Query query = new Query(in.spanFrom(first), with, body, orderBy, limit, offset, skeleton.locking());
        return inner.isPresent() ? merged(query, inner.get()) : query;
    }

    private List<FromItem> fromItems() {
        if (!(select instanceof PlainSelect plain)) {
            throw in.refuse("FROM is followed by what is no part of it");
        }
        List<FromItem> items = Joins.read(in, slots, plain);
        slots.checkAllTaken();
        return items;
    }

    /// Puts together what stands inside and outside of parentheses around a whole query.
    private Query merged(Query outer, Query inner) {
        checkOnce(outer.with().isPresent(), inner.with().isPresent());
        checkOnce(!outer.orderBy().isEmpty(), !inner.orderBy().isEmpty());
        checkOnce(outer.limit().isPresent(), inner.limit().isPresent());
        checkOnce(outer.offset().isPresent(), inner.offset().isPresent());
        checkOnce(!outer.locking().isEmpty(), !inner.locking().isEmpty());
        return new Query(
                outer.span(),
                outer.with().or(inner::with),
                inner.body(),
                outer.orderBy().isEmpty() ? inner.orderBy() : outer.orderBy(),
                outer.limit().or(inner::limit),
                outer.offset().or(inner::offset),
                outer.locking().isEmpty() ? inner.locking() : outer.locking());
    }

    private void checkOnce(boolean outside, boolean inside) {
        if (outside && inside) {
            throw in.refuse("a clause stands both inside and outside of parentheses");
        }
    }

    private QueryBody body() {
        if (!(select instanceof SetOperationList list)) {
            return body(select, skeleton.bodies().getFirst());
        }
        List<SetOperations.Operand> operands = new ArrayList<>();
        for (Select operand : list.getSelects()) {
            Span span = skeleton.bodies().get(operands.size());
            operands.add(new SetOperations.Operand(operand(operand, span), span));
        }
        return SetOperations.combine(operands, list.getOperations());
    }

    private Query operand(Select operand, Span span) {
        return inner(operand).orElseGet(() -> Query.of(body(operand, span)));
    }

    /// The query in parentheses for which a body stands.
    private Optional<Query> inner(Select body) {
        if (!(body instanceof PlainSelect plain)) {
            return Optional.empty();
        }
        net.sf.jsqlparser.expression.Expression item =
                plain.getSelectItems().getFirst().getExpression();
        return slots.kind(item) == Kind.QUERY
                ? Optional.of(slots.read(slots.take(item), () -> Queries.readInParentheses(in)))
                : Optional.empty();
    }

    private QueryBody body(Select body, Span span) {
        return switch (body) {
            case PlainSelect plain -> new SelectReader(in, slots, plain).read(span);
            case Values values -> new QueryBody.Values(span, rows(values));
            default -> throw in.refuse("a query is of no known kind");
        };
    }

    private List<Expression.Row> rows(Values values) {
        Slot slot = slots.take(values.getExpressions().getFirst());
        return slots.read(slot, () -> in.list(this::row));
    }

    private Expression.Row row() {
        int first = in.position();
        List<Expression> fields = in.inside(() -> Expressions.readList(in));
        return new Expression.Row(in.spanFrom(first), fields, false);
    }
}
