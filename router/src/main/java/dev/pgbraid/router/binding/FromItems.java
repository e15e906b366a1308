package dev.pgbraid.router.binding;

import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds what stands in one `FROM`.
final class FromItems {
    /// Functions that read the texts in a document as values of the types of their columns.
    private static final Set<String> RECORD_READERS =
            Set.of("json_to_record", "json_to_recordset", "jsonb_to_record", "jsonb_to_recordset");

    private final Bindings bindings;
    private final Text text;
    private final Scope scope;

    FromItems(Bindings bindings, Text text, Scope scope) {
        this.bindings = bindings;
        this.text = text;
        this.scope = scope;
    }

    record Bound(Item item, Namespace names) {}

    /// Binds the items and makes their names known in the scope.
    List<Item> bind(List<FromItem> from) {
        List<Item> items = new ArrayList<>();
        for (FromItem item : from) {
            Bound bound = bind(item, scope.names());
            items.add(bound.item());
            scope.use(scope.names().with(bound.names()));
        }
        return items;
    }

    /// @param before the names of the items before it, for `LATERAL`
    private Bound bind(FromItem item, Namespace before) {
        return switch (item) {
            case FromItem.Table table -> table(table);
            case FromItem.Derived derived -> derived(derived, before);
            case FromItem.Functions functions -> functions(functions, before);
            case FromItem.Join join -> join(join, before);
        };
    }

    private Bound table(FromItem.Table table) {
        Bound bound = new Relations(bindings, text).bind(table, scope);
        table.sample().ifPresent(this::sample);
        return new Bound(bound.item(), aliased(bound.names(), table.alias()));
    }

    private void sample(FromItem.Sample sample) {
        Expressions expressions = new Expressions(bindings, text, scope);
        expressions.scan(sample);
        if (!expressions.takeSubqueries().isEmpty()) {
            throw BindingException.unsupported("a query in TABLESAMPLE is not supported", "Give TABLESAMPLE a value.");
        }
    }

    /// The names of an item whose table or columns have other ones.
    private static Namespace aliased(Namespace names, Optional<FromItem.Alias> alias) {
        if (alias.isEmpty()) {
            return names;
        }
        List<NamedColumn> columns =
                CommonTables.renamed(names.columns(), alias.get().columns());
        String name = alias.get()
                .name()
                .orElseGet(() -> names.tables().stream()
                        .findFirst()
                        .map(Namespace.Table::name)
                        .orElse(""));
        return Namespace.of(new Namespace.Table(Optional.empty(), name, columns, names.isOpen()));
    }

    private Bound derived(FromItem.Derived derived, Namespace before) {
        BoundQuery query =
                new Queries(bindings, text).bind(derived.query(), around(derived.lateral() ? before : Namespace.EMPTY));
        int item = bindings.newItem();
        List<NamedColumn> columns = query.outputs().stream()
                .map(output -> output.equals(NamedColumn.UNKNOWN)
                        ? output
                        : new NamedColumn(output.name(), bindings.alias(item, output)))
                .toList();
        Namespace names =
                Namespace.of(new Namespace.Table(Optional.empty(), "", columns, CommonTables.isOpen(columns)));
        return new Bound(new Item.Derived(item, query, columns, derived.lateral()), aliased(names, derived.alias()));
    }

    /// A scope that knows the common tables here and what is around, and some items beside.
    private Scope around(Namespace beside) {
        Scope around = scope.snapshot();
        around.use(beside);
        return around;
    }

    private Bound functions(FromItem.Functions functions, Namespace before) {
        Expressions expressions = new Expressions(bindings, text, around(before));
        expressions.scanAll(functions.calls());
        if (functions.calls().stream().anyMatch(FromItems::readsRecords)) {
            functions.alias().ifPresent(alias -> expressions.noteColumns(alias.types()));
        }
        int item = bindings.newItem();
        List<NamedColumn> columns = new ArrayList<>();
        boolean isKnown = functions
                .alias()
                .map(alias -> !alias.columns().isEmpty() && !alias.types().isEmpty())
                .orElse(false);
        functions
                .alias()
                .ifPresent(alias ->
                        alias.columns().forEach(name -> columns.add(new NamedColumn(name, Operand.OPAQUE))));
        String name = functions
                .alias()
                .flatMap(FromItem.Alias::name)
                .orElseGet(() -> functions.calls().getFirst() instanceof Expression.Call call
                        ? call.name().getLast()
                        : "");
        Namespace names = Namespace.of(new Namespace.Table(Optional.empty(), name, columns, !isKnown));
        return new Bound(new Item.Rows(item, expressions.takeSubqueries()), names);
    }

    private static boolean readsRecords(Expression function) {
        return function instanceof Expression.Call call
                && RECORD_READERS.contains(call.name().getLast());
    }

    private Bound join(FromItem.Join join, Namespace before) {
        Bound left = bind(join.left(), before);
        Bound right = bind(join.right(), before.with(left.names()));
        Scope inside = around(left.names().with(right.names()));
        Bound bound = new Joins(bindings, text, inside, join).bind(left, right);
        return new Bound(bound.item(), aliased(bound.names(), join.alias()));
    }
}
