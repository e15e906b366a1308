package dev.pgbraid.loadtest.report;

import java.util.List;

/// One part of the benchmark: a table, how its figures came about, and the aims they are held against.
///
/// @param name the key of the section in the JSON form
/// @param columns the heads of the columns; units included, since the JSON form uses them as keys
public record Section(
        String name, String title, List<String> columns, List<List<Value>> rows, List<Aim> aims, List<String> notes) {

    public Section {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        aims = List.copyOf(aims);
        notes = List.copyOf(notes);
        for (List<Value> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " values for " + columns.size() + " columns");
            }
        }
    }
}
