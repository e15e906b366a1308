package dev.pgbraid.router.gather;

import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which conditions leave out rows of a table before anything else happens to them: those on its columns alone, where
/// no outer join could make rows of what is left out.
final class Filters {
    private final Map<Span, Relation> relations;
    private final Map<Span, List<Expression>> found = new HashMap<>();

    private Filters(Map<Span, Relation> relations) {
        this.relations = relations;
    }

    /// @param relations what the tables in `FROM` are, by where they stand
    static Filters of(Query query, Map<Span, Relation> relations) {
        Filters filters = new Filters(relations);
        filters.read(query);
        return filters;
    }

    /// The conditions on the table that stands there.
    List<Expression> on(FromItem.Table table) {
        return found.getOrDefault(table.span(), List.of());
    }

    private void read(Node node) {
        if (node instanceof QueryBody.Select select) {
            List<Expression> where = conditions(select.where());
            select.from().forEach(item -> push(item, where));
        }
        node.children().forEach(this::read);
    }

    private static List<Expression> conditions(Optional<Expression> condition) {
        List<Expression> conditions = new ArrayList<>();
        condition.ifPresent(whole -> split(whole, conditions));
        return conditions;
    }

    private static void split(Expression condition, List<Expression> conditions) {
        if (condition instanceof Expression.And and) {
            and.operands().forEach(operand -> split(operand, conditions));
        } else {
            conditions.add(condition);
        }
    }

    /// @param conditions what holds for each row of the item that matters
    private void push(FromItem item, List<Expression> conditions) {
        switch (item) {
            case FromItem.Table table -> {
                Relation relation = relations.get(table.span());
                if (relation != null) {
                    found.put(
                            table.span(),
                            conditions.stream()
                                    .filter(condition -> isOn(table, relation, condition))
                                    .toList());
                }
            }
            case FromItem.Join join -> push(join, conditions);
            case FromItem.Derived _, FromItem.Functions _ -> {}
        }
    }

    private void push(FromItem.Join join, List<Expression> conditions) {
        List<Expression> on = conditions(join.on());
        List<Expression> both = new ArrayList<>(conditions);
        both.addAll(on);
        switch (join.type()) {
            case INNER -> {
                push(join.left(), both);
                push(join.right(), both);
            }
            case LEFT -> {
                push(join.left(), conditions);
                push(join.right(), on);
            }
            case RIGHT -> {
                push(join.left(), on);
                push(join.right(), conditions);
            }
            case FULL -> {
                push(join.left(), List.of());
                push(join.right(), List.of());
            }
        }
    }

    /// Whether a condition names nothing but columns of a table, and holds no query.
    private static boolean isOn(FromItem.Table table, Relation relation, Node node) {
        boolean isSelfOn = switch (node) {
            case Query _, Expression.Star _, Expression.CurrentOf _ -> false;
            case Expression.Column column -> isOf(table, relation, column.name());
            case Expression.Call call -> call.over().isEmpty();
            default -> true;
        };
        return isSelfOn && node.children().stream().allMatch(child -> isOn(table, relation, child));
    }

    private static boolean isOf(FromItem.Table table, Relation relation, List<String> column) {
        boolean isQualified = column.size() == 2 && column.getFirst().equals(Gatherer.alias(table));
        boolean isRenamed =
                table.alias().filter(alias -> !alias.columns().isEmpty()).isPresent();
        return !isRenamed
                && (isQualified || column.size() == 1)
                && relation.column(column.getLast()).isPresent();
    }
}
