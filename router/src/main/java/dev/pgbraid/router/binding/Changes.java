package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Delete;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Merge;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.tree.Update;
import dev.pgbraid.router.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds statements that change rows.
final class Changes {
    private final Bindings bindings;
    private final Text text;

    Changes(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    /// Binds a change and adds it to those of the statement; gives the columns of `RETURNING`.
    List<NamedColumn> bind(Statement statement, Scope outer) {
        return switch (statement) {
            case Insert insert -> new Inserts(bindings, text, this).bind(insert, scope(insert.with(), outer));
            case Update update -> update(update, scope(update.with(), outer));
            case Delete delete -> delete(delete, scope(delete.with(), outer));
            case Merge merge -> new Merges(bindings, text, this).bind(merge, scope(merge.with(), outer));
            case Query _ -> throw new IllegalArgumentException("a query changes nothing");
        };
    }

    private Scope scope(Optional<With> with, Scope outer) {
        Scope scope = outer.inside();
        with.ifPresent(tables -> new CommonTables(bindings, text).define(tables, scope));
        return scope;
    }

    private List<NamedColumn> update(Update update, Scope scope) {
        Existing existing = new Existing(update.target(), update.from(), update.where(), scope);
        List<Change.KeyValueOf> keys = keys(existing.target, update.assignments(), existing.expressions);
        return existing.finish("UPDATE", keys, update.returning());
    }

    private List<NamedColumn> delete(Delete delete, Scope scope) {
        Existing existing = new Existing(delete.target(), delete.using(), delete.where(), scope);
        return existing.finish("DELETE", List.of(), delete.returning());
    }

    /// An `UPDATE` or a `DELETE` while it is bound.
    private final class Existing {
        private final Relations.Target target;
        private final List<Item> items = new ArrayList<>();
        private final Scope scope;
        private final Expressions expressions;
        private final Conditions conditions;

        Existing(FromItem.Table table, List<FromItem> from, Optional<Expression> where, Scope scope) {
            this.scope = scope;
            this.target = new Relations(bindings, text).target(table.name());
            items.add(target.table());
            items.addAll(new FromItems(bindings, text, scope).bind(from));
            scope.use(named(target, table.alias().flatMap(FromItem.Alias::name)).with(scope.names()));
            this.expressions = new Expressions(bindings, text, scope);
            this.conditions = new Conditions(bindings, text, expressions, true);
            where.ifPresent(this::condition);
        }

        private void condition(Expression where) {
            if (where instanceof Expression.CurrentOf && target.table().location() instanceof Location.Sharded) {
                throw BindingException.unsupported(
                        "WHERE CURRENT OF is not supported for sharded table \""
                                + target.table().name() + "\"",
                        "Name the row by its key.");
            }
            conditions.require(where);
            expressions.scan(where);
        }

        List<NamedColumn> finish(String verb, List<Change.KeyValueOf> keys, Optional<Returning> returning) {
            List<NamedColumn> outputs = returning(returning, target, scope, expressions);
            BoundQuery rows = BoundQuery.of(BoundQuery.Select.rows(
                    items, conditions.predicates(), expressions.takeSubqueries(), conditions.semijoins()));
            bindings.changes().add(new Change.Existing(verb, target.table(), rows, keys));
            return outputs;
        }
    }

    static Namespace named(Relations.Target target, Optional<String> alias) {
        Namespace names = target.names();
        return alias.map(name ->
                        Namespace.of(new Namespace.Table(Optional.empty(), name, names.columns(), names.isOpen())))
                .orElse(names);
    }

    List<NamedColumn> returning(
            Optional<Returning> returning, Relations.Target target, Scope scope, Expressions expressions) {
        if (returning.isEmpty()) {
            return List.of();
        }
        Namespace names = scope.names();
        List<Namespace.Table> tables = new ArrayList<>(names.tables());
        for (String name : List.of(
                returning.get().oldName().orElse("old"),
                returning.get().newName().orElse("new"))) {
            List<NamedColumn> opaque = target.names().columns().stream()
                    .map(column -> new NamedColumn(column.name(), Operand.OPAQUE))
                    .toList();
            tables.add(new Namespace.Table(Optional.empty(), name, opaque, true));
        }
        scope.use(new Namespace(tables, names.columns(), names.isOpen()));
        return new Selects(bindings, text, scope, expressions)
                .outputs(returning.get().items());
    }

    /// What key columns are set to. Notes the effects of all assignments.
    List<Change.KeyValueOf> keys(Relations.Target target, List<Assignment> assignments, Expressions expressions) {
        List<Change.KeyValueOf> keys = new ArrayList<>();
        for (Assignment assignment : assignments) {
            expressions.scan(assignment.value());
            for (int i = 0; i < assignment.targets().size(); i++) {
                Expression written = assignment.targets().get(i);
                Optional<Expression> value = value(assignment, i);
                Operand operand = value.map(expressions::operand).orElse(Operand.OPAQUE);
                ask(target, written, value);
                keyIndex(target, written).ifPresent(index -> keys.add(keyValue(target, index, written, operand)));
            }
        }
        return keys;
    }

    private static Optional<Expression> value(Assignment assignment, int index) {
        if (!assignment.multiple()) {
            return Optional.of(assignment.value());
        }
        return assignment.value() instanceof Expression.Row row
                        && row.fields().size() == assignment.targets().size()
                ? Optional.of(row.fields().get(index))
                : Optional.empty();
    }

    private static Change.KeyValueOf keyValue(Relations.Target target, int index, Expression written, Operand operand) {
        KeyColumn column = ((Location.Sharded) target.table().location()).key().get(index);
        boolean isWhole = written instanceof Expression.Column;
        return new Change.KeyValueOf(index, column, List.of(isWhole ? operand : Operand.OPAQUE));
    }

    /// A parameter that is assigned to a column has its type.
    void ask(Relations.Target target, Expression column, Optional<Expression> value) {
        if (value.isPresent()
                && value.get() instanceof Expression.Parameter parameter
                && column instanceof Expression.Column(var _, List<String> name)) {
            Expressions.find(target.names(), List.of(name.getLast())).ifPresent(operand -> {
                if (operand instanceof Operand.Of(Variable variable)) {
                    bindings.parameters().ask(parameter, variable.type(), false);
                }
            });
        }
    }

    /// Which of the key columns an assignment or a list of columns names.
    static Optional<Integer> keyIndex(Relations.Target target, Expression written) {
        return switch (written) {
            case Expression.Column(var _, List<String> name) -> keyIndex(target, name.getFirst());
            case Expression.Subscript subscript -> keyIndex(target, subscript.operand());
            case Expression.Field field -> keyIndex(target, field.operand());
            default -> Optional.empty();
        };
    }

    static Optional<Integer> keyIndex(Relations.Target target, String column) {
        List<Variable> key = target.table().key();
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i).name().equals(column)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
