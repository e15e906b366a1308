package dev.pgbraid.router.binding;

import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Binds the tables of `WITH`, each wherever it is named. A change among them is bound once, for it is made once.
final class CommonTables {
    private final Bindings bindings;
    private final Text text;

    CommonTables(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    /// Makes the names of `WITH` known in a scope. Without `RECURSIVE` each knows those before it.
    void define(With with, Scope scope) {
        for (With.CommonTable table : with.tables()) {
            Scope known = with.recursive() ? scope : scope.snapshot();
            if (table.statement() instanceof Query) {
                scope.define(table.name(), new Scope.Common.Defined(table, known, with.recursive()));
            } else {
                List<NamedColumn> columns = new Changes(bindings, text).bind(table.statement(), known);
                scope.define(table.name(), new Scope.Common.Changed(renamed(columns, table.columns())));
            }
        }
    }

    /// The item that a name of `WITH` stands for.
    FromItems.Bound bind(String name, Scope.Common common) {
        return switch (common) {
            case Scope.Common.Changed(List<NamedColumn> columns) -> {
                int item = bindings.newItem();
                yield rows(item, name, fresh(item, columns));
            }
            case Scope.Common.Working(List<NamedColumn> columns) -> rows(bindings.newItem(), name, columns);
            case Scope.Common.Defined defined -> bind(defined);
        };
    }

    private static FromItems.Bound rows(int item, String name, List<NamedColumn> columns) {
        return new FromItems.Bound(
                new Item.Rows(item, List.of()),
                Namespace.of(new Namespace.Table(Optional.empty(), name, columns, isOpen(columns))));
    }

    /// Columns of another row that has come out of the same query.
    private List<NamedColumn> fresh(int item, List<NamedColumn> columns) {
        return columns.stream()
                .map(column -> column.equals(NamedColumn.UNKNOWN)
                        ? column
                        : new NamedColumn(column.name(), bindings.alias(item, column)))
                .toList();
    }

    private FromItems.Bound bind(Scope.Common.Defined defined) {
        With.CommonTable table = defined.table();
        bindings.enter(table.name());
        FromItems.Bound bound = defined.recursive()
                        && table.statement() instanceof Query query
                        && query.body() instanceof QueryBody.SetOperation union
                        && names(query, table.name())
                ? recursive(defined, union)
                : plain(defined);
        bindings.leave();
        return bound;
    }

    private FromItems.Bound plain(Scope.Common.Defined defined) {
        With.CommonTable table = defined.table();
        BoundQuery query = new Queries(bindings, text).bind((Query) table.statement(), defined.scope());
        int item = bindings.newItem();
        List<NamedColumn> columns = columns(item, query, table);
        return new FromItems.Bound(new Item.Derived(item, query, columns, false), names(table, columns));
    }

    /// Where the table names itself, its rows are those that it has had so far.
    private FromItems.Bound recursive(Scope.Common.Defined defined, QueryBody.SetOperation union) {
        With.CommonTable table = defined.table();
        Scope start = defined.scope().inside();
        start.define(table.name(), new Scope.Common.Working(List.of(NamedColumn.UNKNOWN)));
        BoundQuery first = new Queries(bindings, text).bind(union.left(), start);
        List<NamedColumn> working = columns(bindings.newItem(), first, table);
        Scope step = defined.scope().inside();
        step.define(table.name(), new Scope.Common.Working(working));
        BoundQuery next = new Queries(bindings, text).bind(union.right(), step);
        int item = bindings.newItem();
        List<NamedColumn> columns = columns(item, first, table);
        return new FromItems.Bound(new Item.Recursive(item, first, next, columns, working), names(table, columns));
    }

    private List<NamedColumn> columns(int item, BoundQuery query, With.CommonTable table) {
        return renamed(fresh(item, query.outputs()), table.columns());
    }

    private static Namespace names(With.CommonTable table, List<NamedColumn> columns) {
        return Namespace.of(new Namespace.Table(Optional.empty(), table.name(), columns, isOpen(columns)));
    }

    static boolean isOpen(List<NamedColumn> columns) {
        return columns.contains(NamedColumn.UNKNOWN);
    }

    /// The same columns, the first ones with other names.
    static List<NamedColumn> renamed(List<NamedColumn> columns, List<String> names) {
        List<NamedColumn> renamed = new ArrayList<>();
        boolean isKnown = true;
        for (int i = 0; i < columns.size(); i++) {
            NamedColumn column = columns.get(i);
            isKnown &= !column.equals(NamedColumn.UNKNOWN);
            boolean isRenamed = isKnown && i < names.size();
            renamed.add(isRenamed ? new NamedColumn(names.get(i), column.operand()) : column);
        }
        return renamed;
    }

    /// Whether a name stands in some `FROM` of a query. Another table may be meant.
    private static boolean names(Node query, String name) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(query);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof FromItem.Table table && table.name().equals(List.of(name))) {
                return true;
            }
            node.children().forEach(open::push);
        }
        return false;
    }
}
