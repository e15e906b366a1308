package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts tables that are sharded alike in such an order that none refers to a later one.
final class ReferenceOrder {
    private ReferenceOrder() {}

    /// A table with a sharding of its own, and all that are colocated with it and exist.
    static List<StoredTable> of(ObjectName leader, StoredTopology stored, Catalog catalog) throws Refusal {
        List<StoredTable> left = new ArrayList<>(stored.tables().stream()
                .filter(table -> isOf(leader, table))
                .filter(table -> catalog.relation(NextTopology.name(table)).isPresent())
                .toList());
        List<StoredTable> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<ObjectName> open =
                    new HashSet<>(left.stream().map(NextTopology::name).toList());
            StoredTable next = left.stream()
                    .filter(table -> refersToNone(NextTopology.name(table), open, catalog))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unsupported(
                            "the tables " + open + " refer to each other in a circle",
                            "Drop a foreign key meanwhile."));
            ordered.add(next);
            left.remove(next);
        }
        return ordered;
    }

    private static boolean isOf(ObjectName leader, StoredTable table) {
        TableConfig declared = table.declared();
        return table.name().equals(leader.toString())
                || declared.colocatedWith()
                        .map(other -> other.contains(".") ? other : "public." + other)
                        .filter(leader.toString()::equals)
                        .isPresent();
    }

    /// A table may refer to itself: its rows arrive in one statement.
    private static boolean refersToNone(ObjectName table, Set<ObjectName> open, Catalog catalog) {
        return catalog.relation(table).orElseThrow().foreignKeys().stream()
                .noneMatch(key -> !key.target().equals(table) && open.contains(key.target()));
    }
}
