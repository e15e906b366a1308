package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.console.Answer;
import dev.pgbraid.proxy.console.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of one answer of the admin database in the making.
final class ConsoleTable {
    private final List<Column> columns;
    private final List<List<Optional<String>>> rows = new ArrayList<>();

    ConsoleTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /// Columns by their names; `#` before a name says that it is a whole number.
    static List<Column> columns(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            boolean isNumber = name.startsWith("#");
            columns.add(
                    new Column(isNumber ? name.substring(1) : name, isNumber ? Column.Type.INTEGER : Column.Type.TEXT));
        }
        return columns;
    }

    /// Adds a row.
    ///
    /// @param values as many as there are columns; null is NULL
    void add(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        List<Optional<String>> row = new ArrayList<>();
        for (Object value : values) {
            row.add(Optional.ofNullable(value).map(Object::toString));
        }
        rows.add(row);
    }

    Answer answer(String tag) {
        return new Answer(columns, rows, tag, List.of());
    }
}
