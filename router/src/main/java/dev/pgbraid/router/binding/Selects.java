package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.BoundQuery.Grouping;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds one `SELECT`.
final class Selects {
    private final Bindings bindings;
    private final Text text;
    private final Scope scope;
    private final Expressions expressions;

    Selects(Bindings bindings, Text text, Scope scope) {
        this(bindings, text, scope, new Expressions(bindings, text, scope));
    }

    Selects(Bindings bindings, Text text, Scope scope, Expressions expressions) {
        this.bindings = bindings;
        this.text = text;
        this.scope = scope;
        this.expressions = expressions;
    }

    record Bound(BoundQuery.Select select, List<NamedColumn> outputs) {}

    Bound bind(QueryBody.Select select, List<SortItem> orderBy) {
        List<Item> items = new FromItems(bindings, text, scope).bind(select.from());
        Map<String, Window.Definition> windows = new HashMap<>();
        select.windows().forEach(window -> window.name().ifPresent(name -> windows.put(name, window)));
        expressions.useWindows(windows);
        Conditions conditions = new Conditions(bindings, text, expressions, true);
        select.where().ifPresent(conditions::require);
        select.where().ifPresent(expressions::scan);
        List<NamedColumn> outputs = outputs(select.items());
        select.having().ifPresent(expressions::scan);
        expressions.scanAll(select.windows());
        expressions.scanAll(select.distinctOn());
        expressions.scanAll(select.groupBy());
        orderBy.forEach(item -> scanSorted(item, outputs));
        Grouping grouping = grouping(select, outputs);
        BoundQuery.Select bound = new BoundQuery.Select(
                items,
                conditions.predicates(),
                expressions.takeSubqueries(),
                conditions.semijoins(),
                grouping,
                expressions.windows(),
                distinct(select, outputs),
                select.distinct() == QueryBody.Distinct.DISTINCT_ON);
        return new Bound(bound, outputs);
    }

    /// A name in `ORDER BY` is that of an output first, of which no more than its name matters.
    private void scanSorted(SortItem item, List<NamedColumn> outputs) {
        boolean isOutput = item.expression() instanceof Expression.Column(var _, List<String> name)
                && name.size() == 1
                && !Namespace.named(outputs, name.getFirst()).isEmpty();
        if (!isOutput) {
            expressions.scan(item);
        }
    }

    List<NamedColumn> outputs(List<SelectItem> items) {
        List<NamedColumn> outputs = new ArrayList<>();
        for (SelectItem item : items) {
            if (item.expression() instanceof Expression.Star star) {
                outputs.addAll(columns(star));
            } else {
                expressions.scan(item.expression());
                outputs.add(new NamedColumn(
                        item.alias().orElseGet(() -> name(item.expression())), expressions.operand(item.expression())));
            }
        }
        return outputs;
    }

    private List<NamedColumn> columns(Expression.Star star) {
        Namespace names = scope.names();
        if (star.qualifier().isEmpty()) {
            return names.isOpen() ? open(names.columns()) : names.columns();
        }
        String table = star.qualifier().getLast();
        return names.tables().stream()
                .filter(one -> one.name().equals(table))
                .findFirst()
                .map(one -> one.isOpen() ? open(one.columns()) : one.columns())
                .orElse(open(List.of()));
    }

    /// Columns of which not all are known, and so not their places.
    private static List<NamedColumn> open(List<NamedColumn> known) {
        List<NamedColumn> columns = new ArrayList<>(known);
        columns.add(NamedColumn.UNKNOWN);
        return columns;
    }

    /// What PostgreSQL calls a column of a result.
    private static String name(Expression expression) {
        return switch (expression) {
            case Expression.Column(var _, List<String> name) -> name.getLast();
            case Expression.Call call -> call.name().getLast();
            case Expression.Cast cast ->
                cast.operand() instanceof Expression.Column || cast.operand() instanceof Expression.Call
                        ? name(cast.operand())
                        : cast.type().name().getLast();
            case Expression.Field field -> field.name();
            default -> "?column?";
        };
    }

    private Grouping grouping(QueryBody.Select select, List<NamedColumn> outputs) {
        if (select.groupBy().isEmpty()) {
            boolean isWhole = scope.isAggregated() || select.having().isPresent();
            return new Grouping(
                    isWhole ? Grouping.Kind.WHOLE : Grouping.Kind.NONE, List.of(), expressions.isOrderless());
        }
        List<Operand> by = new ArrayList<>();
        for (dev.pgbraid.router.tree.Grouping element : select.groupBy()) {
            if (!(element instanceof dev.pgbraid.router.tree.Grouping.By(var _, Expression expression))) {
                return new Grouping(Grouping.Kind.SETS, List.of(), expressions.isOrderless());
            }
            List<Expression> parts =
                    expression instanceof Expression.Row row && !row.explicit() ? row.fields() : List.of(expression);
            parts.forEach(part -> by.add(grouped(part, outputs)));
        }
        return new Grouping(Grouping.Kind.KEYS, by, expressions.isOrderless());
    }

    /// A name in `GROUP BY` is that of a column of this query first, and then of an output.
    private Operand grouped(Expression expression, List<NamedColumn> outputs) {
        if (expression instanceof Expression.Column(var _, List<String> name) && name.size() == 1) {
            return Expressions.find(scope.names(), name)
                    .or(() -> output(name.getFirst(), outputs))
                    .orElseGet(() -> expressions.operand(expression));
        }
        return ordinal(expression, outputs).orElseGet(() -> expressions.operand(expression));
    }

    private static Optional<Operand> output(String name, List<NamedColumn> outputs) {
        List<NamedColumn> found = Namespace.named(outputs, name);
        return found.size() == 1 ? Optional.of(found.getFirst().operand()) : Optional.empty();
    }

    /// A lone number is the number of an output.
    private Optional<Operand> ordinal(Expression expression, List<NamedColumn> outputs) {
        if (!(expression instanceof Expression.Literal literal)
                || !text.tokens().kind(literal.token()).isNumber()) {
            return Optional.empty();
        }
        String written = text.tokens().written(literal.token());
        int place = written.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(written) : 0;
        boolean isKnown = place >= 1
                && place <= outputs.size()
                && !outputs.subList(0, place).contains(NamedColumn.UNKNOWN);
        return Optional.of(isKnown ? outputs.get(place - 1).operand() : Operand.OPAQUE);
    }

    private Optional<List<Operand>> distinct(QueryBody.Select select, List<NamedColumn> outputs) {
        return switch (select.distinct()) {
            case NONE -> Optional.empty();
            case DISTINCT ->
                Optional.of(outputs.stream().map(NamedColumn::operand).toList());
            case DISTINCT_ON ->
                Optional.of(select.distinctOn().stream()
                        .map(expression -> distinctOn(expression, outputs))
                        .toList());
        };
    }

    /// A name in `DISTINCT ON` is that of an output first.
    private Operand distinctOn(Expression expression, List<NamedColumn> outputs) {
        if (expression instanceof Expression.Column(var _, List<String> name) && name.size() == 1) {
            return output(name.getFirst(), outputs).orElseGet(() -> expressions.operand(expression));
        }
        return ordinal(expression, outputs).orElseGet(() -> expressions.operand(expression));
    }
}
