package dev.pgbraid.proxy.console;

import java.util.List;
import java.util.Optional;

/// What a statement answers.
///
/// @param columns of its rows; none if it has no rows
/// @param rows each with as many values as there are columns, nothing where a value is NULL
/// @param tag what is said when it is complete; empty for a statement that says nothing
/// @param notices what the client is told besides
public record Answer(List<Column> columns, List<List<Optional<String>>> rows, String tag, List<String> notices) {
    public Answer {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        notices = List.copyOf(notices);
    }

    /// Without rows.
    public static Answer done(String tag) {
        return new Answer(List.of(), List.of(), tag, List.of());
    }
}
