package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Merge;
import java.util.ArrayList;
import java.util.List;

/// Binds `MERGE`.
final class Merges {
    private final Bindings bindings;
    private final Text text;
    private final Changes changes;

    Merges(Bindings bindings, Text text, Changes changes) {
        this.bindings = bindings;
        this.text = text;
        this.changes = changes;
    }

    List<NamedColumn> bind(Merge merge, Scope scope) {
        Relations.Target target =
                new Relations(bindings, text).target(merge.target().name());
        List<Item> source = new FromItems(bindings, text, scope).bind(List.of(merge.source()));
        Namespace sourceNames = scope.names();
        Namespace targetNames = Changes.named(target, merge.target().alias().flatMap(FromItem.Alias::name));
        scope.use(targetNames.with(sourceNames));
        Expressions expressions = new Expressions(bindings, text, scope);
        Conditions conditions = new Conditions(bindings, text, expressions, false);
        conditions.require(merge.on());
        expressions.scan(merge.on());
        List<List<Change.KeyValueOf>> inserted = new ArrayList<>();
        List<Change.KeyValueOf> updated = new ArrayList<>();
        for (Merge.When when : merge.whens()) {
            when.condition().ifPresent(expressions::scan);
            switch (when.action()) {
                case Merge.DoUpdate update -> updated.addAll(changes.keys(target, update.assignments(), expressions));
                case Merge.DoInsert insert -> inserted.add(inserted(insert, target, expressions));
                case Merge.DoDelete _, Merge.DoNothing _ -> {}
            }
        }
        List<NamedColumn> outputs = changes.returning(merge.returning(), target, scope, expressions);
        Item join = new Item.Join(
                type(merge),
                source.getFirst(),
                target.table(),
                conditions.predicates(),
                expressions.takeSubqueries(),
                List.of());
        BoundQuery rows = BoundQuery.of(BoundQuery.Select.rows(List.of(join), List.of(), List.of(), List.of()));
        bindings.changes().add(new Change.Merged(target.table(), rows, inserted, updated));
        return outputs;
    }

    /// Which rows that match nothing matter.
    private static Item.Type type(Merge merge) {
        boolean hasOwn = merge.whens().stream().anyMatch(when -> when.match() == Merge.Match.NOT_MATCHED_BY_SOURCE);
        boolean hasNew = merge.whens().stream().anyMatch(when -> when.match() == Merge.Match.NOT_MATCHED_BY_TARGET);
        if (hasOwn) {
            return Item.Type.FULL;
        }
        return hasNew ? Item.Type.LEFT : Item.Type.INNER;
    }

    private List<Change.KeyValueOf> inserted(Merge.DoInsert insert, Relations.Target target, Expressions expressions) {
        expressions.scanAll(insert.values());
        if (!(target.table().location() instanceof Location.Sharded(var _, List<KeyColumn> key))) {
            return List.of();
        }
        List<String> columns = Inserts.columns(insert.columns(), target);
        List<Change.KeyValueOf> keys = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            int place = columns.indexOf(key.get(i).name());
            boolean isGiven = place >= 0 && place < insert.values().size();
            Operand value = isGiven ? expressions.operand(insert.values().get(place)) : Operand.OPAQUE;
            keys.add(new Change.KeyValueOf(i, key.get(i), List.of(value)));
        }
        new Inserts(bindings, text, changes)
                .checkSequences(columns, insert.values(), target.relation().orElseThrow());
        return keys;
    }
}
