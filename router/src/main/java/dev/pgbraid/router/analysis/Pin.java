package dev.pgbraid.router.analysis;

import dev.pgbraid.router.topology.ColocationGroup;
import java.util.List;

/// What is known of the rows of a sharded table that one place of a statement needs.
///
/// @param table for messages
/// @param columns what is known of each key column
record Pin(ColocationGroup group, String table, List<Restriction> columns) {
    Pin {
        columns = List.copyOf(columns);
    }
}
