package dev.pgbraid.router.utility;

import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.tree.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The relations that a query names.
///
/// @param names as they are written, those of common tables among them
/// @param commonTables what the query defines itself, wherever that holds
record QueryRelations(List<List<String>> names, Set<String> commonTables) {

    static QueryRelations of(Statement statement) {
        Set<String> commonTables = new HashSet<>();
        List<List<String>> names = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(statement);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof With.CommonTable table) {
                commonTables.add(table.name());
            }
            if (node instanceof FromItem.Table table) {
                names.add(table.name());
            }
            if (node instanceof Insert.Target target) {
                names.add(target.name());
            }
            node.children().forEach(open::push);
        }
        return new QueryRelations(names, commonTables);
    }

    /// Whether a name is, in some part of the query at least, that of a common table.
    boolean isCommonTable(List<String> name) {
        return name.size() == 1 && commonTables.contains(name.getFirst());
    }
}
