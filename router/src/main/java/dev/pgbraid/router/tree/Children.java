package dev.pgbraid.router.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists what parts are made of, in the order of the text.
final class Children {
    private Children() {}

    static List<Node> of(Node node) {
        return switch (node) {
            case Statement statement -> ofStatement(statement);
            case QueryBody body -> ofBody(body);
            case FromItem item -> ofItem(item);
            case Grouping grouping -> ofGrouping(grouping);
            case Window window -> ofWindow(window);
            case Merge.Action action -> ofAction(action);
            case Expression expression -> ofExpression(expression);
            case Node.Clause clause -> ofClause(clause);
        };
    }

    /// Parts, lists of them, and parts that may be absent.
    private static List<Node> list(Object... parts) {
        List<Node> nodes = new ArrayList<>();
        for (Object part : parts) {
            switch (part) {
                case Node node -> nodes.add(node);
                case List<?> several -> several.forEach(node -> nodes.add((Node) node));
                case Optional<?> possible -> possible.ifPresent(node -> nodes.add((Node) node));
                default -> throw new AssertionError("no part of a statement: " + part);
            }
        }
        return List.copyOf(nodes);
    }

    private static List<Node> ofStatement(Statement statement) {
        return switch (statement) {
            case Query it -> list(it.with(), it.body(), it.orderBy(), it.limit(), it.offset(), it.locking());
            case Insert it -> list(it.with(), it.target(), it.columns(), it.query(), it.onConflict(), it.returning());
            case Update it -> list(it.with(), it.target(), it.assignments(), it.from(), it.where(), it.returning());
            case Delete it -> list(it.with(), it.target(), it.using(), it.where(), it.returning());
            case Merge it -> list(it.with(), it.target(), it.source(), it.on(), it.whens(), it.returning());
        };
    }

    private static List<Node> ofBody(QueryBody body) {
        return switch (body) {
            case QueryBody.Select it ->
                list(it.distinctOn(), it.items(), it.from(), it.where(), it.groupBy(), it.having(), it.windows());
            case QueryBody.SetOperation it -> list(it.left(), it.right());
            case QueryBody.Values it -> list(it.rows());
        };
    }

    private static List<Node> ofItem(FromItem item) {
        return switch (item) {
            case FromItem.Table it -> list(it.alias(), it.sample());
            case FromItem.Derived it -> list(it.query(), it.alias());
            case FromItem.Functions it -> list(it.calls(), it.alias());
            case FromItem.Join it -> list(it.left(), it.right(), it.on(), it.alias());
        };
    }

    private static List<Node> ofGrouping(Grouping grouping) {
        return switch (grouping) {
            case Grouping.By it -> list(it.expression());
            case Grouping.Empty _ -> list();
            case Grouping.Rollup it -> list(it.expressions());
            case Grouping.Cube it -> list(it.expressions());
            case Grouping.Sets it -> list(it.elements());
        };
    }

    private static List<Node> ofWindow(Window window) {
        return switch (window) {
            case Window.Named _ -> list();
            case Window.Inline it -> list(it.definition());
        };
    }

    private static List<Node> ofAction(Merge.Action action) {
        return switch (action) {
            case Merge.DoUpdate it -> list(it.assignments());
            case Merge.DoInsert it -> list(it.columns(), it.values());
            case Merge.DoDelete _, Merge.DoNothing _ -> list();
        };
    }

    private static List<Node> ofExpression(Expression expression) {
        return switch (expression) {
            case Expression.Column _, Expression.Star _, Expression.Literal _ -> list();
            case Expression.Parameter _, Expression.Default _, Expression.CurrentOf _ -> list();
            case Expression.Cast it -> list(it.operand());
            case Expression.And it -> list(it.operands());
            case Expression.Or it -> list(it.operands());
            case Expression.Not it -> list(it.operand());
            case Expression.Binary it -> list(it.left(), it.right());
            case Expression.Prefix it -> list(it.operand());
            case Expression.Is it -> list(it.operand());
            case Expression.DistinctFrom it -> list(it.left(), it.right());
            case Expression.Between it -> list(it.operand(), it.low(), it.high());
            case Expression.Like it -> list(it.operand(), it.pattern(), it.escape());
            case Expression.InList it -> list(it.operand(), it.values());
            case Expression.InQuery it -> list(it.operand(), it.query());
            case Expression.QuantifiedArray it -> list(it.left(), it.array());
            case Expression.QuantifiedQuery it -> list(it.left(), it.query());
            case Expression.Row it -> list(it.fields());
            case Expression.Call it -> list(it.arguments(), it.orderBy(), it.filter(), it.over());
            case Expression.Conditional it -> list(it.arguments());
            case Expression.Case it -> list(it.operand(), it.whens(), it.otherwise());
            case Expression.Subquery it -> list(it.query());
            case Expression.ArrayConstructor it -> list(it.elements());
            case Expression.Subscript it -> list(it.operand(), it.indexes());
            case Expression.Field it -> list(it.operand());
            case Expression.Fields it -> list(it.operand());
            case Expression.Collate it -> list(it.operand());
            case Expression.Other it -> list(it.operands());
        };
    }

    private static List<Node> ofClause(Node.Clause clause) {
        return switch (clause) {
            case With it -> list(it.tables());
            case With.CommonTable it -> list(it.statement());
            case SelectItem it -> list(it.expression());
            case SortItem it -> list(it.expression());
            case Query.Limit it -> list(it.count());
            case Query.Locking _, FromItem.Alias _, Insert.Target _ -> list();
            case Window.Definition it -> list(it.partitionBy(), it.orderBy(), it.frame());
            case Window.Frame it -> list(it.offsets());
            case FromItem.Sample it -> list(it.arguments(), it.repeatable());
            case Assignment it -> list(it.targets(), it.value());
            case Insert.OnConflict it -> list(it.arbiter(), it.assignments(), it.where());
            case Insert.Arbiter it -> list(it.elements(), it.where());
            case Merge.When it -> list(it.condition(), it.action());
            case Returning it -> list(it.items());
            case Expression.Argument it -> list(it.value());
            case Expression.Index it -> list(it.lower(), it.upper());
            case Expression.When it -> list(it.condition(), it.result());
        };
    }
}
