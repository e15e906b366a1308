package dev.pgbraid.proxy.router.tree;

import static dev.pgbraid.proxy.router.tree.ExpressionPrinter.name;
import static dev.pgbraid.proxy.router.tree.ExpressionPrinter.names;
import static dev.pgbraid.proxy.router.tree.ExpressionPrinter.qualified;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Delete;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Grouping;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Merge;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.tree.Update;
import dev.pgbraid.router.tree.With;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Prints a tree as a statement in which nothing depends on precedence: every operator, join and set operation has
/// its parentheses.
final class StatementPrinter {
    private final ExpressionPrinter expressions;

    private StatementPrinter(Tokens tokens) {
        this.expressions = new ExpressionPrinter(tokens, this::query);
    }

    static String print(Statement statement, Tokens tokens) {
        return new StatementPrinter(tokens).statement(statement);
    }

    private String statement(Statement statement) {
        return switch (statement) {
            case Query query -> query(query);
            case Insert insert -> insert(insert);
            case Update update -> update(update);
            case Delete delete -> delete(delete);
            case Merge merge -> merge(merge);
        };
    }

    private <T> String joined(List<? extends T> parts, String separator, Function<T, String> printer) {
        return parts.stream().map(printer).collect(Collectors.joining(separator));
    }

    private <T> String clause(String before, List<? extends T> parts, Function<T, String> printer) {
        return parts.isEmpty() ? "" : before + joined(parts, ", ", printer);
    }

    private String where(Optional<Expression> where) {
        return where.map(condition -> " WHERE " + expressions.print(condition)).orElse("");
    }

    private String with(Optional<With> with) {
        return with.map(it ->
                        "WITH " + (it.recursive() ? "RECURSIVE " : "") + joined(it.tables(), ", ", this::table) + " ")
                .orElse("");
    }

    private String table(With.CommonTable table) {
        String materialization = switch (table.materialization()) {
            case UNSPECIFIED -> "";
            case MATERIALIZED -> "MATERIALIZED ";
            case NOT_MATERIALIZED -> "NOT MATERIALIZED ";
        };
        return name(table.name()) + columns(table.columns()) + " AS " + materialization + "("
                + statement(table.statement()) + ")";
    }

    private static String columns(List<String> columns) {
        return columns.isEmpty() ? "" : " (" + names(columns) + ")";
    }

    private String query(Query query) {
        return with(query.with())
                + body(query.body())
                + expressions.sortItems(query.orderBy())
                + query.offset()
                        .map(count -> " OFFSET " + expressions.print(count))
                        .orElse("")
                + query.limit().map(this::limit).orElse("")
                + joined(query.locking(), "", this::locking);
    }

    private String limit(Query.Limit limit) {
        boolean isOne = limit.count().stream().anyMatch(Expression.Other.class::isInstance);
        String count = isOne ? "" : limit.count().map(expressions::print).orElse("ALL");
        return !isOne && !limit.withTies()
                ? " LIMIT " + count
                : " FETCH FIRST " + count + " ROWS " + (limit.withTies() ? "WITH TIES" : "ONLY");
    }

    private String locking(Query.Locking locking) {
        return " FOR " + locking.strength().name().replace('_', ' ')
                + clause(" OF ", locking.tables(), ExpressionPrinter::qualified)
                + switch (locking.waiting()) {
                    case WAIT -> "";
                    case NOWAIT -> " NOWAIT";
                    case SKIP_LOCKED -> " SKIP LOCKED";
                };
    }

    private String body(QueryBody body) {
        return switch (body) {
            case QueryBody.Values values ->
                "VALUES " + joined(values.rows(), ", ", row -> "(" + expressions.list(row.fields()) + ")");
            case QueryBody.SetOperation operation ->
                "(" + query(operation.left()) + ") " + operation.operator() + (operation.all() ? " ALL" : "") + " ("
                        + query(operation.right()) + ")";
            case QueryBody.Select select -> select(select);
        };
    }

    private String select(QueryBody.Select select) {
        String distinct = switch (select.distinct()) {
            case NONE -> "";
            case DISTINCT -> " DISTINCT";
            case DISTINCT_ON -> " DISTINCT ON (" + expressions.list(select.distinctOn()) + ")";
        };
        String grouping = select.groupByDistinct() ? " GROUP BY DISTINCT " : " GROUP BY ";
        return "SELECT" + distinct + clause(" ", select.items(), this::item)
                + clause(" FROM ", select.from(), this::from)
                + where(select.where())
                + clause(grouping, select.groupBy(), this::grouping)
                + select.having().map(it -> " HAVING " + expressions.print(it)).orElse("")
                + clause(
                        " WINDOW ",
                        select.windows(),
                        window -> name(window.name().orElseThrow()) + " AS " + expressions.window(window));
    }

    private String item(SelectItem item) {
        return expressions.print(item.expression())
                + item.alias().map(alias -> " AS " + name(alias)).orElse("");
    }

    private String grouping(Grouping grouping) {
        return switch (grouping) {
            case Grouping.By by -> expressions.print(by.expression());
            case Grouping.Empty _ -> "()";
            case Grouping.Rollup rollup -> "ROLLUP (" + expressions.list(rollup.expressions()) + ")";
            case Grouping.Cube cube -> "CUBE (" + expressions.list(cube.expressions()) + ")";
            case Grouping.Sets sets -> "GROUPING SETS (" + joined(sets.elements(), ", ", this::grouping) + ")";
        };
    }

    private String from(FromItem item) {
        return switch (item) {
            case FromItem.Table table -> table(table);
            case FromItem.Derived derived ->
                lateral(derived.lateral()) + "(" + query(derived.query()) + ")" + alias(derived.alias());
            case FromItem.Functions functions -> {
                String calls = joined(functions.calls(), ", ", expressions::print);
                yield lateral(functions.lateral())
                        + (functions.rowsFrom() ? "ROWS FROM (" + calls + ")" : calls)
                        + (functions.withOrdinality() ? " WITH ORDINALITY" : "")
                        + alias(functions.alias());
            }
            case FromItem.Join join -> "(" + join(join) + ")" + alias(join.alias());
        };
    }

    private static String lateral(boolean lateral) {
        return lateral ? "LATERAL " : "";
    }

    private String table(FromItem.Table table) {
        return (table.only() ? "ONLY " : "")
                + qualified(table.name())
                + alias(table.alias())
                + table.sample().map(this::sample).orElse("");
    }

    private String sample(FromItem.Sample sample) {
        return " TABLESAMPLE " + qualified(sample.method()) + " (" + expressions.list(sample.arguments()) + ")"
                + sample.repeatable()
                        .map(seed -> " REPEATABLE (" + expressions.print(seed) + ")")
                        .orElse("");
    }

    private String alias(Optional<FromItem.Alias> alias) {
        if (alias.isEmpty()) {
            return "";
        }
        FromItem.Alias it = alias.get();
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < it.columns().size(); i++) {
            columns.append(i == 0 ? " (" : ", ").append(name(it.columns().get(i)));
            if (!it.types().isEmpty()) {
                columns.append(' ').append(expressions.written(it.types().get(i).span()));
            }
        }
        return " AS " + it.name().map(ExpressionPrinter::name).orElse("") + columns
                + (it.columns().isEmpty() ? "" : ")");
    }

    private String join(FromItem.Join join) {
        boolean hasCondition =
                join.natural() || join.on().isPresent() || !join.using().isEmpty();
        String kind = hasCondition ? (join.natural() ? "NATURAL " : "") + join.type() : "CROSS";
        return from(join.left()) + " " + kind + " JOIN " + from(join.right())
                + join.on().map(on -> " ON " + expressions.print(on)).orElse("")
                + (join.using().isEmpty() ? "" : " USING (" + names(join.using()) + ")")
                + join.usingAlias().map(alias -> " AS " + name(alias)).orElse("");
    }

    private String returning(Optional<Returning> returning) {
        return returning
                .map(it -> {
                    String old =
                            it.oldName().map(name -> "OLD AS " + name(name)).orElse("");
                    String comma = it.oldName().isPresent() && it.newName().isPresent() ? ", " : "";
                    String names = old
                            + comma
                            + it.newName().map(name -> "NEW AS " + name(name)).orElse("");
                    return " RETURNING " + (names.isEmpty() ? "" : "WITH (" + names + ") ")
                            + joined(it.items(), ", ", this::item);
                })
                .orElse("");
    }

    private String assignments(List<Assignment> assignments) {
        return joined(assignments, ", ", this::assignment);
    }

    private String assignment(Assignment assignment) {
        String targets = expressions.list(assignment.targets());
        return (assignment.multiple() ? "(" + targets + ")" : targets) + " = " + expressions.print(assignment.value());
    }

    private String insert(Insert insert) {
        Insert.Target target = insert.target();
        return with(insert.with()) + "INSERT INTO " + qualified(target.name())
                + target.alias().map(alias -> " AS " + name(alias)).orElse("") + insertColumns(insert.columns())
                + overriding(insert.overriding())
                + insert.query().map(query -> " (" + query(query) + ")").orElse(" DEFAULT VALUES")
                + insert.onConflict().map(this::onConflict).orElse("") + returning(insert.returning());
    }

    private String insertColumns(List<Expression> columns) {
        return columns.isEmpty() ? "" : " (" + expressions.list(columns) + ")";
    }

    private static String overriding(Insert.Overriding overriding) {
        return overriding == Insert.Overriding.NONE ? "" : " OVERRIDING " + overriding + " VALUE";
    }

    private String onConflict(Insert.OnConflict conflict) {
        String action = conflict.assignments().isEmpty()
                ? " DO NOTHING"
                : " DO UPDATE SET " + assignments(conflict.assignments());
        return " ON CONFLICT" + conflict.arbiter().map(this::arbiter).orElse("") + action + where(conflict.where());
    }

    private String arbiter(Insert.Arbiter arbiter) {
        return arbiter.constraint()
                .map(constraint -> " ON CONSTRAINT " + name(constraint))
                .orElseGet(() -> " (" + expressions.list(arbiter.elements()) + ")" + where(arbiter.where()));
    }

    private String update(Update update) {
        return with(update.with()) + "UPDATE " + from(update.target()) + " SET " + assignments(update.assignments())
                + clause(" FROM ", update.from(), this::from) + where(update.where()) + returning(update.returning());
    }

    private String delete(Delete delete) {
        return with(delete.with()) + "DELETE FROM " + from(delete.target())
                + clause(" USING ", delete.using(), this::from) + where(delete.where())
                + returning(delete.returning());
    }

    private String merge(Merge merge) {
        return with(merge.with()) + "MERGE INTO " + from(merge.target()) + " USING " + from(merge.source()) + " ON "
                + expressions.print(merge.on()) + joined(merge.whens(), "", this::when)
                + returning(merge.returning());
    }

    private String when(Merge.When when) {
        String match = switch (when.match()) {
            case MATCHED -> "MATCHED";
            case NOT_MATCHED_BY_SOURCE -> "NOT MATCHED BY SOURCE";
            case NOT_MATCHED_BY_TARGET -> "NOT MATCHED BY TARGET";
        };
        return " WHEN " + match
                + when.condition().map(it -> " AND " + expressions.print(it)).orElse("") + " THEN "
                + action(when.action());
    }

    private String action(Merge.Action action) {
        return switch (action) {
            case Merge.DoNothing _ -> "DO NOTHING";
            case Merge.DoDelete _ -> "DELETE";
            case Merge.DoUpdate update -> "UPDATE SET " + assignments(update.assignments());
            case Merge.DoInsert insert ->
                "INSERT" + insertColumns(insert.columns()) + overriding(insert.overriding())
                        + (insert.values().isEmpty()
                                ? " DEFAULT VALUES"
                                : " VALUES (" + expressions.list(insert.values()) + ")");
        };
    }
}
