package dev.pgbraid.router.gather;

import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which columns a query may use, by their names alone: more than it uses rather than less.
final class ColumnUses {
    private final Set<String> names = new HashSet<>();
    private boolean all;
    private boolean grouped;

    static ColumnUses of(Query query) {
        ColumnUses uses = new ColumnUses();
        uses.read(query);
        return uses;
    }

    private void read(Node node) {
        switch (node) {
            case Expression.Column column -> names.add(column.name().getLast());
            case Expression.Star _ -> all = true;
            case FromItem.Join join -> {
                names.addAll(join.using());
                all |= join.natural();
            }
            case QueryBody.Select select -> grouped |= !select.groupBy().isEmpty();
            default -> {}
        }
        node.children().forEach(this::read);
    }

    /// The columns of a table that has to be there under `alias`.
    List<String> of(Relation relation, String alias) {
        // The name of a table is that of its rows, too.
        boolean isWhole = all || names.contains(alias);
        List<String> key = primaryKey(relation);
        return relation.columns().stream()
                .map(Column::name)
                .filter(name -> isWhole || names.contains(name) || key.contains(name))
                .toList();
    }

    /// The primary key of a table, where columns may be named because they depend on it.
    List<String> primaryKey(Relation relation) {
        return relation.uniqueIndexes().stream()
                .filter(index -> grouped && index.primary())
                .findFirst()
                .map(UniqueIndex::columns)
                .orElse(List.of());
    }
}
