package dev.pgbraid.proxy.router.tree;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Expression.Operator;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Span;
import dev.pgbraid.router.tree.Window;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Prints expressions with parentheses around every operator, so that nothing depends on precedence.
final class ExpressionPrinter {
    private final Tokens tokens;
    private final Function<Query, String> queries;

    ExpressionPrinter(Tokens tokens, Function<Query, String> queries) {
        this.tokens = tokens;
        this.queries = queries;
    }

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String names(List<String> names) {
        return names.stream().map(ExpressionPrinter::name).collect(Collectors.joining(", "));
    }

    static String qualified(List<String> name) {
        return name.stream().map(ExpressionPrinter::name).collect(Collectors.joining("."));
    }

    String list(List<? extends Expression> expressions) {
        return expressions.stream().map(this::print).collect(Collectors.joining(", "));
    }

    String sortItems(List<SortItem> items) {
        return items.isEmpty()
                ? ""
                : " ORDER BY " + items.stream().map(this::sortItem).collect(Collectors.joining(", "));
    }

    private String sortItem(SortItem item) {
        String direction = switch (item.direction()) {
            case UNSPECIFIED -> "";
            case ASCENDING -> " ASC";
            case DESCENDING -> " DESC";
        };
        String nulls = switch (item.nulls()) {
            case UNSPECIFIED -> "";
            case FIRST -> " NULLS FIRST";
            case LAST -> " NULLS LAST";
        };
        String using =
                item.using().map(operator -> " USING " + operator(operator)).orElse("");
        return print(item.expression()) + direction + using + nulls;
    }

    String print(Expression expression) {
        return switch (expression) {
            case Expression.Column column -> qualified(column.name());
            case Expression.Star star -> star.qualifier().isEmpty() ? "*" : qualified(star.qualifier()) + ".*";
            case Expression.Literal literal -> written(literal.span());
            case Expression.Parameter parameter -> "$" + parameter.number();
            case Expression.Default _ -> "DEFAULT";
            case Expression.CurrentOf current -> "CURRENT OF " + name(current.cursor());
            case Expression.Cast cast ->
                "CAST(" + print(cast.operand()) + " AS " + written(cast.type().span()) + ")";
            case Expression.Row row -> (row.explicit() ? "ROW(" : "(") + list(row.fields()) + ")";
            case Expression.Call call -> call(call);
            case Expression.Conditional conditional ->
                conditional.condition() + "(" + list(conditional.arguments()) + ")";
            case Expression.Case choice -> choice(choice);
            case Expression.Subquery subquery -> subquery(subquery);
            case Expression.ArrayConstructor array -> "ARRAY[" + list(array.elements()) + "]";
            case Expression.Subscript subscript -> subscript(subscript);
            case Expression.Field field -> whole(field.operand()) + "." + name(field.name());
            case Expression.Fields fields -> "(" + print(fields.operand()) + ").*";
            case Expression.Other other -> other(other);
            default -> "(" + operation(expression) + ")";
        };
    }

    private String operation(Expression expression) {
        return switch (expression) {
            case Expression.And and -> and.operands().stream().map(this::print).collect(Collectors.joining(" AND "));
            case Expression.Or or -> or.operands().stream().map(this::print).collect(Collectors.joining(" OR "));
            case Expression.Not not -> "NOT " + print(not.operand());
            case Expression.Binary binary ->
                print(binary.left()) + " " + operator(binary.operator()) + " " + print(binary.right());
            case Expression.Prefix prefix -> operator(prefix.operator()) + " " + print(prefix.operand());
            case Expression.Collate collate -> print(collate.operand()) + " COLLATE " + qualified(collate.collation());
            default -> predicate(expression);
        };
    }

    private String predicate(Expression expression) {
        return switch (expression) {
            case Expression.Is is -> print(is.operand()) + " IS" + not(is.negated()) + " " + is.property();
            case Expression.DistinctFrom distinct ->
                print(distinct.left()) + " IS" + not(distinct.negated()) + " DISTINCT FROM " + print(distinct.right());
            case Expression.Between between ->
                print(between.operand()) + not(between.negated()) + " BETWEEN "
                        + (between.symmetric() ? "SYMMETRIC " : "") + print(between.low()) + " AND "
                        + print(between.high());
            case Expression.Like like ->
                print(like.operand()) + not(like.negated()) + " " + like.kind()
                        + (like.kind() == Expression.Pattern.SIMILAR ? " TO " : " ") + print(like.pattern())
                        + like.escape()
                                .map(escape -> " ESCAPE " + print(escape))
                                .orElse("");
            case Expression.InList in -> print(in.operand()) + not(in.negated()) + " IN (" + list(in.values()) + ")";
            case Expression.InQuery in ->
                print(in.operand()) + not(in.negated()) + " IN (" + queries.apply(in.query()) + ")";
            case Expression.QuantifiedArray any ->
                print(any.left()) + " " + operator(any.operator()) + " " + any.quantifier() + " (" + print(any.array())
                        + ")";
            case Expression.QuantifiedQuery any ->
                print(any.left()) + " " + operator(any.operator()) + " " + any.quantifier() + " ("
                        + queries.apply(any.query()) + ")";
            default -> throw new AssertionError("an expression of no known kind: " + expression);
        };
    }

    private static String not(boolean negated) {
        return negated ? " NOT" : "";
    }

    private static String operator(Operator operator) {
        return operator.schema()
                .map(schema -> "OPERATOR(" + name(schema) + "." + operator.name() + ")")
                .orElse(operator.name());
    }

    private String call(Expression.Call call) {
        String arguments = call.star()
                ? "*"
                : (call.distinct() ? "DISTINCT " : "")
                        + call.arguments().stream().map(this::argument).collect(Collectors.joining(", "));
        String inside = call.withinGroup() ? "" : sortItems(call.orderBy());
        String group = call.withinGroup() ? " WITHIN GROUP (" + sortItems(call.orderBy()) + ")" : "";
        return qualified(call.name()) + "(" + arguments + inside + ")" + group
                + call.filter()
                        .map(where -> " FILTER (WHERE " + print(where) + ")")
                        .orElse("")
                + call.over().map(this::over).orElse("");
    }

    private String argument(Expression.Argument argument) {
        return (argument.variadic() ? "VARIADIC " : "")
                + argument.name().map(name -> name(name) + " => ").orElse("")
                + print(argument.value());
    }

    private String over(Window window) {
        return switch (window) {
            case Window.Named named -> " OVER " + name(named.name());
            case Window.Inline inline -> " OVER " + window(inline.definition());
        };
    }

    /// What stands in the parentheses of a window, and these.
    String window(Window.Definition window) {
        String partition = window.partitionBy().isEmpty() ? "" : " PARTITION BY " + list(window.partitionBy());
        return "(" + window.base().map(ExpressionPrinter::name).orElse("") + partition + sortItems(window.orderBy())
                + window.frame()
                        .map(frame -> " " + spliced(frame.span(), frame.offsets()))
                        .orElse("") + ")";
    }

    private String choice(Expression.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        choice.operand().ifPresent(operand -> text.append(' ').append(print(operand)));
        choice.whens()
                .forEach(when -> text.append(" WHEN ")
                        .append(print(when.condition()))
                        .append(" THEN ")
                        .append(print(when.result())));
        choice.otherwise().ifPresent(otherwise -> text.append(" ELSE ").append(print(otherwise)));
        return text.append(" END").toString();
    }

    private String subquery(Expression.Subquery subquery) {
        String query = "(" + queries.apply(subquery.query()) + ")";
        return switch (subquery.use()) {
            case SCALAR -> query;
            case EXISTS -> "EXISTS " + query;
            case ARRAY -> "ARRAY" + query;
        };
    }

    private String subscript(Expression.Subscript subscript) {
        String operand = switch (subscript.operand()) {
            case Expression.Column column -> qualified(column.name());
            // Parentheses part the subscripts of an array from those of its elements.
            case Expression.Subscript inner -> "(" + print(inner) + ")";
            default -> whole(subscript.operand());
        };
        return operand + subscript.indexes().stream().map(this::index).collect(Collectors.joining());
    }

    private String index(Expression.Index index) {
        return "[" + index.lower().map(this::print).orElse("") + (index.slice() ? ":" : "")
                + index.upper().map(this::print).orElse("") + "]";
    }

    /// What a subscript or a field is taken of.
    private String whole(Expression operand) {
        return switch (operand) {
            case Expression.Subscript _, Expression.Field _, Expression.Parameter _ -> print(operand);
            default -> "(" + print(operand) + ")";
        };
    }

    private String other(Expression.Other other) {
        String text = spliced(other.span(), other.operands());
        return switch (other.construct()) {
            case "at time zone", "at local", "overlaps" -> "(" + text + ")";
            default -> text;
        };
    }

    /// The text of tokens, with expressions among them printed.
    private String spliced(Span span, List<Expression> expressions) {
        StringBuilder text = new StringBuilder();
        int token = span.first();
        for (Expression expression : expressions) {
            append(text, token, expression.span().first());
            appendBlank(text, expression.span().first());
            text.append(print(expression));
            token = expression.span().end();
        }
        append(text, token, span.end());
        return text.toString().strip();
    }

    private void append(StringBuilder text, int first, int end) {
        if (first < end) {
            appendBlank(text, first);
            text.append(tokens.written(first, end));
        }
    }

    private void appendBlank(StringBuilder text, int token) {
        if (token > 0 && tokens.end(token - 1) < tokens.start(token)) {
            text.append(' ');
        }
    }

    String written(Span span) {
        return tokens.written(span.first(), span.end());
    }
}
