package dev.pgbraid.router.binding;

import dev.pgbraid.router.tree.FromItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds one join.
final class Joins {
    private final Bindings bindings;
    private final FromItem.Join join;
    private final Expressions expressions;
    private final Conditions conditions;
    private final List<Predicate> on = new ArrayList<>();
    private final List<Item.Merged> merged = new ArrayList<>();

    /// @param inside a scope that knows the names of both sides
    Joins(Bindings bindings, Text text, Scope inside, FromItem.Join join) {
        this.bindings = bindings;
        this.join = join;
        this.expressions = new Expressions(bindings, text, inside);
        this.conditions = new Conditions(bindings, text, expressions, false);
    }

    FromItems.Bound bind(FromItems.Bound left, FromItems.Bound right) {
        join.on().ifPresent(conditions::require);
        join.on().ifPresent(expressions::scan);
        on.addAll(conditions.predicates());
        Namespace names = names(left.names(), right.names());
        boolean isRight = join.type() == FromItem.Type.RIGHT;
        Item.Type type = switch (join.type()) {
            case INNER -> Item.Type.INNER;
            case LEFT, RIGHT -> Item.Type.LEFT;
            case FULL -> Item.Type.FULL;
        };
        Item item = new Item.Join(
                type,
                isRight ? right.item() : left.item(),
                isRight ? left.item() : right.item(),
                on,
                expressions.takeSubqueries(),
                merged);
        return new FromItems.Bound(item, names);
    }

    private Namespace names(Namespace left, Namespace right) {
        Namespace both = left.with(right);
        if (join.natural() && both.isOpen()) {
            // Which columns are merged is not known.
            return new Namespace(both.tables(), List.of(NamedColumn.UNKNOWN), true);
        }
        List<String> shared = join.natural() ? shared(left, right) : join.using();
        List<NamedColumn> columns = new ArrayList<>();
        for (String name : shared) {
            Operand one = Expressions.find(left, List.of(name)).orElse(Operand.OPAQUE);
            Operand other = Expressions.find(right, List.of(name)).orElse(Operand.OPAQUE);
            columns.add(new NamedColumn(name, merge(name, one, other)));
        }
        List<Namespace.Table> tables = new ArrayList<>(both.tables());
        join.usingAlias().ifPresent(alias -> tables.add(new Namespace.Table(Optional.empty(), alias, columns, false)));
        List<NamedColumn> all = new ArrayList<>(columns);
        both.columns().stream()
                .filter(column -> !shared.contains(column.name()))
                .forEach(all::add);
        return new Namespace(tables, all, both.isOpen());
    }

    private static List<String> shared(Namespace left, Namespace right) {
        return left.columns().stream()
                .map(NamedColumn::name)
                .filter(name -> !Namespace.named(right.columns(), name).isEmpty())
                .distinct()
                .toList();
    }

    private Operand merge(String name, Operand left, Operand right) {
        if (!(left instanceof Operand.Of(Variable one) && right instanceof Operand.Of(Variable other))) {
            return Operand.OPAQUE;
        }
        Optional<Predicate> same = conditions.same(one, other);
        if (same.isEmpty()) {
            return Operand.OPAQUE;
        }
        on.add(same.get());
        return switch (join.type()) {
            case INNER, LEFT -> left;
            case RIGHT -> right;
            case FULL -> {
                Operand column = bindings.variable(
                        bindings.newItem(), name, one.type(), one.hasByteOrder() && other.hasByteOrder());
                if (column instanceof Operand.Of(Variable variable)) {
                    merged.add(new Item.Merged(variable, one, other));
                }
                yield column;
            }
        };
    }
}
