package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.BoundQuery.Body;
import dev.pgbraid.router.binding.BoundQuery.SetOperation;
import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Binds queries.
final class Queries {
    private final Bindings bindings;
    private final Text text;

    Queries(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    /// @param outer what stands around the query and can be named in it
    BoundQuery bind(Query query, Scope outer) {
        int volatiles = bindings.effects().volatiles();
        Scope scope = outer.inside();
        query.with().ifPresent(with -> new CommonTables(bindings, text).define(with, scope));
        Expressions after = new Expressions(bindings, text, scope);
        query.limit().ifPresent(after::scan);
        query.offset().ifPresent(after::scan);
        if (!query.locking().isEmpty()) {
            bindings.effects().add(Effect.ROW_LOCK, "FOR UPDATE or FOR SHARE");
            new Lockings(bindings, text, scope).note(query);
        }
        Bound bound = switch (query.body()) {
            case QueryBody.Select select -> {
                Selects.Bound one = new Selects(bindings, text, scope).bind(select, query.orderBy());
                yield new Bound(one.select(), one.outputs());
            }
            case QueryBody.Values values -> values(values, after, query.orderBy());
            case QueryBody.SetOperation operation -> setOperation(operation, scope, query.orderBy());
        };
        boolean limited = query.offset().isPresent()
                || query.limit()
                        .flatMap(Query.Limit::count)
                        .filter(count -> !isNull(count))
                        .isPresent();
        return new BoundQuery(
                bound.body(),
                bound.outputs(),
                limited,
                !query.orderBy().isEmpty(),
                !query.locking().isEmpty(),
                bindings.effects().volatiles() > volatiles,
                after.takeSubqueries());
    }

    /// `LIMIT NULL` is no limit.
    private boolean isNull(Expression count) {
        return count instanceof Expression.Literal literal
                && text.tokens().keyword(literal.token()).equals("null");
    }

    private record Bound(Body body, List<NamedColumn> outputs) {}

    private Bound values(QueryBody.Values values, Expressions expressions, List<SortItem> orderBy) {
        List<List<Operand>> rows = new ArrayList<>();
        for (Expression.Row row : values.rows()) {
            expressions.scanAll(row.fields());
            rows.add(row.fields().stream().map(expressions::operand).toList());
        }
        expressions.scanAll(sorted(orderBy));
        List<NamedColumn> outputs = new ArrayList<>();
        for (int i = 0; i < rows.getFirst().size(); i++) {
            Operand only = rows.size() == 1 ? rows.getFirst().get(i) : Operand.OPAQUE;
            outputs.add(new NamedColumn("column" + (i + 1), only));
        }
        return new Bound(new BoundQuery.Values(rows, expressions.takeSubqueries()), outputs);
    }

    private static List<Node> sorted(List<SortItem> orderBy) {
        return orderBy.stream().<Node>map(SortItem::expression).toList();
    }

    /// Columns of a set operation can be named by `ORDER BY` alone, which then holds nothing else.
    private Bound setOperation(QueryBody.SetOperation operation, Scope scope, List<SortItem> orderBy) {
        BoundQuery left = bind(operation.left(), scope);
        BoundQuery right = bind(operation.right(), scope);
        Expressions expressions = new Expressions(bindings, text, scope);
        orderBy.stream()
                .filter(item -> !(item.expression() instanceof Expression.Column))
                .forEach(expressions::scan);
        int item = bindings.newItem();
        List<NamedColumn> outputs = new ArrayList<>();
        for (int i = 0; i < left.outputs().size(); i++) {
            NamedColumn column = left.outputs().get(i);
            Operand other = i < right.outputs().size() ? right.outputs().get(i).operand() : Operand.OPAQUE;
            outputs.add(new NamedColumn(column.name(), combined(item, column, other)));
        }
        return new Bound(new SetOperation(operation.operator(), operation.all(), left, right), outputs);
    }

    /// A column of the result is a variable when those of both sides are, and have one key.
    private Operand combined(int item, NamedColumn left, Operand right) {
        if (left.operand() instanceof Operand.Of(Variable one)
                && right instanceof Operand.Of(Variable other)
                && one.isComparableTo(other)) {
            KeyType type = wider(one.type(), other.type());
            return bindings.variable(item, left.name(), type, one.hasByteOrder() && other.hasByteOrder());
        }
        return Operand.OPAQUE;
    }

    /// The type of both columns together: the wider integer, or `text` for `varchar` beside it.
    private static KeyType wider(KeyType one, KeyType other) {
        return Stream.of(KeyType.BIGINT, KeyType.INTEGER, KeyType.TEXT)
                .filter(type -> type == one || type == other)
                .findFirst()
                .orElse(one);
    }

    /// A query in a text of the catalog, whose names nothing stands around.
    BoundQuery bindAlone(Query query) {
        return bind(query, new Scope(Optional.empty()));
    }
}
