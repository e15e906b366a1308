package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds out whether `FOR UPDATE` locks rows of reference tables, of which every shard has a copy: such locks exclude
/// each other only where all of them are taken on one shard.
final class Lockings {
    private final Bindings bindings;
    private final Text text;
    private final Scope scope;

    Lockings(Bindings bindings, Text text, Scope scope) {
        this.bindings = bindings;
        this.text = text;
        this.scope = scope;
    }

    void note(Query query) {
        Set<String> named = new HashSet<>();
        boolean isEverything = false;
        for (Query.Locking locking : query.locking()) {
            isEverything |= locking.tables().isEmpty();
            locking.tables().forEach(table -> named.add(table.getLast()));
        }
        Deque<Node> open = new ArrayDeque<>();
        open.push(query);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof FromItem.Table table && (isEverything || named.contains(name(table)))) {
                note(table);
            }
            if (!(node instanceof Expression)) {
                node.children().forEach(open::push);
            }
        }
    }

    private static String name(FromItem.Table table) {
        return table.alias().flatMap(FromItem.Alias::name).orElse(table.name().getLast());
    }

    private void note(FromItem.Table table) {
        List<String> name = table.name();
        boolean isCommon = name.size() == 1 && scope.common(name.getFirst()).isPresent();
        if (!isCommon
                && new Relations(bindings, text).find(name) instanceof Relations.Found.Known(Relation relation)
                && (relation.kind() == Relation.Kind.VIEW
                        || bindings.topology().location(relation.name()) instanceof Location.Reference)) {
            bindings.effects().add(Effect.REFERENCE_LOCK, relation.name().toString());
        }
    }
}
