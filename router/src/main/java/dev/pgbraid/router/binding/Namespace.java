package dev.pgbraid.router.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names that items of `FROM` bring along.
///
/// @param tables what stands before the dot of a column
/// @param columns what is found without
/// @param isOpen whether there may be columns that are not known here
record Namespace(List<Table> tables, List<NamedColumn> columns, boolean isOpen) {
    static final Namespace EMPTY = new Namespace(List.of(), List.of(), false);

    Namespace {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /// A name before a dot.
    ///
    /// @param schema of a relation that has no other name
    record Table(Optional<String> schema, String name, List<NamedColumn> columns, boolean isOpen) {
        Table {
            columns = List.copyOf(columns);
        }
    }

    static Namespace of(Table table) {
        return new Namespace(List.of(table), table.columns(), table.isOpen());
    }

    Namespace with(Namespace that) {
        return new Namespace(joined(tables, that.tables), joined(columns, that.columns), isOpen || that.isOpen);
    }

    private static <T> List<T> joined(List<T> left, List<T> right) {
        List<T> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    /// The columns of that name, more than one if it is ambiguous.
    static List<NamedColumn> named(List<NamedColumn> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).toList();
    }
}
