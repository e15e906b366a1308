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
        Optional<Query.Limit> limit = Limits.read(in, slots, select);
        Optional<Query> inner = inner(select);
        Query query = inner.isPresent()
                ? merged(first, with, inner.get(), orderBy, limit)
                : new Query(in.spanFrom(first), with, body(), orderBy, limit, skeleton.locking());
        slots.checkAllTaken();
        return query;
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
    private Query merged(
            int first, Optional<With> with, Query inner, List<SortItem> orderBy, Optional<Query.Limit> limit) {
        checkOnce(with.isPresent(), inner.with().isPresent());
        checkOnce(!orderBy.isEmpty(), !inner.orderBy().isEmpty());
        checkOnce(!skeleton.locking().isEmpty(), !inner.locking().isEmpty());
        return new Query(
                in.spanFrom(first),
                with.or(inner::with),
                inner.body(),
                orderBy.isEmpty() ? inner.orderBy() : orderBy,
                Limits.merged(in, limit, inner.limit()),
                skeleton.locking().isEmpty() ? inner.locking() : skeleton.locking());
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
        return inner(operand)
                .orElseGet(() ->
                        new Query(span, Optional.empty(), body(operand, span), List.of(), Optional.empty(), List.of()));
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
