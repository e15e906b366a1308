package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.Predicate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns outer joins into inner ones where a condition further out drops the rows that only an outer join has.
final class Reduction {
    private Reduction() {}

    static List<Item> reduce(List<Item> items, List<Predicate> where) {
        Set<Integer> required = strict(where);
        return items.stream().map(item -> reduce(item, required)).toList();
    }

    private static Item reduce(Item item, Set<Integer> required) {
        if (!(item instanceof Item.Join join)) {
            return item;
        }
        boolean needsLeft = isAny(join.left(), required);
        boolean needsRight = isAny(join.right(), required);
        Item.Join reduced = switch (join.type()) {
            case INNER -> join;
            case LEFT -> needsRight ? with(join, Item.Type.INNER, join.left(), join.right()) : join;
            case FULL -> full(join, needsLeft, needsRight);
        };
        Set<Integer> on = strict(reduced.on());
        Set<Integer> both = new HashSet<>(required);
        both.addAll(on);
        return switch (reduced.type()) {
            case INNER -> with(reduced, Item.Type.INNER, reduce(reduced.left(), both), reduce(reduced.right(), both));
            case LEFT -> with(reduced, Item.Type.LEFT, reduce(reduced.left(), required), reduce(reduced.right(), on));
            case FULL -> reduced;
        };
    }

    /// A full join whose merged columns are used stays one, for they belong to neither side.
    private static Item.Join full(Item.Join join, boolean needsLeft, boolean needsRight) {
        if (!join.merged().isEmpty()) {
            return join;
        }
        if (needsLeft && needsRight) {
            return with(join, Item.Type.INNER, join.left(), join.right());
        }
        if (needsLeft) {
            return with(join, Item.Type.LEFT, join.left(), join.right());
        }
        return needsRight ? with(join, Item.Type.LEFT, join.right(), join.left()) : join;
    }

    private static Item.Join with(Item.Join join, Item.Type type, Item left, Item right) {
        return new Item.Join(type, left, right, join.on(), join.subqueries(), join.merged());
    }

    /// The items of which a condition needs a value that is not NULL.
    private static Set<Integer> strict(List<Predicate> predicates) {
        Set<Integer> items = new HashSet<>();
        for (Predicate predicate : predicates) {
            switch (predicate) {
                case Predicate.Same(var left, var right) -> {
                    items.add(left.item());
                    items.add(right.item());
                }
                case Predicate.OneOf(var variable, var _) -> items.add(variable.item());
                case Predicate.Bounded(var variable, var _, var _) -> items.add(variable.item());
            }
        }
        return items;
    }

    private static boolean isAny(Item item, Set<Integer> items) {
        return switch (item) {
            case Item.Table table -> items.contains(table.id());
            case Item.Derived derived -> items.contains(derived.id());
            case Item.Recursive recursive -> items.contains(recursive.id());
            case Item.Rows rows -> items.contains(rows.id());
            case Item.Join join -> isAny(join.left(), items) || isAny(join.right(), items);
        };
    }
}
