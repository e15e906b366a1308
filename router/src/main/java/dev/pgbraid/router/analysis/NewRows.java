package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.topology.ColocationGroup;
import java.util.List;

/// Rows that are inserted with keys that the statement gives.
///
/// @param table for messages
/// @param rows the values of the key columns of each row
record NewRows(ColocationGroup group, String table, List<KeyColumn> key, List<List<Term>> rows) {
    NewRows {
        key = List.copyOf(key);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
