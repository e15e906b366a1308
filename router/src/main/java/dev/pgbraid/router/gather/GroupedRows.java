package dev.pgbraid.router.gather;

import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Grouping;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A query of groups whose rows each shard can compute: every shard groups its own, and the workbench puts the groups
/// together.
final class GroupedRows {
    private static final String KEY = "pgbraid_g";
    private static final String VALUE = "pgbraid_a";
    private static final String BIGINT = "::pg_catalog.int8";

    /// Aggregates of which that of the parts is that of the whole.
    private static final Set<String> OF_THEMSELVES =
            Set.of("min", "max", "bool_and", "bool_or", "every", "bit_and", "bit_or");

    private static final Set<String> ENDS = Set.of("group", "having", "window", "order", "limit", "offset", "fetch");

    private final Block block;
    private final Catalog catalog;
    private final List<FromItem.Table> tables;
    private final NumberTypes numbers;

    /// What makes a group, and what the shards compute of each.
    private final List<Sql> keys = new ArrayList<>();

    private final List<List<String>> keyTokens = new ArrayList<>();
    private final List<Sql> values = new ArrayList<>();

    /// What the values are computed from.
    private final List<Sql> operands = new ArrayList<>();

    private final List<Splice> splices = new ArrayList<>();

    /// Tokens in whose place something else is written.
    private record Splice(Span span, String text) {}

    private GroupedRows(Block block, Catalog catalog, List<FromItem.Table> tables) {
        this.block = block;
        this.catalog = catalog;
        this.tables = tables;
        this.numbers = new NumberTypes(block, catalog, tables);
    }

    /// The gathering, if the query is such a one.
    static Optional<Gathering> of(Block block, BoundQuery bound, Catalog catalog, Gatherer.PartProver prover) {
        Optional<List<FromItem.Table>> tables = block.tables();
        if (tables.isEmpty() || !isGrouped(block.select(), bound)) {
            return Optional.empty();
        }
        GroupedRows rows = new GroupedRows(block, catalog, tables.get());
        return rows.readKeys() && rows.readResult() ? rows.gathering(prover) : Optional.empty();
    }

    private static boolean isGrouped(QueryBody.Select select, BoundQuery bound) {
        return select.distinct() != QueryBody.Distinct.DISTINCT_ON
                && !select.groupByDistinct()
                && bound.body() instanceof BoundQuery.Select body
                && (body.grouping().kind() == BoundQuery.Grouping.Kind.WHOLE
                        || body.grouping().kind() == BoundQuery.Grouping.Kind.KEYS)
                && body.windows().isEmpty();
    }

    private boolean readKeys() {
        for (Grouping grouping : block.select().groupBy()) {
            Optional<Expression> key = grouping instanceof Grouping.By by ? key(by.expression()) : Optional.empty();
            Optional<Sql> text = key.flatMap(expression -> block.written(expression.span()));
            if (key.isEmpty() || text.isEmpty() || key.get() instanceof Expression.Row) {
                return false;
            }
            keys.add(text.get());
            keyTokens.add(tokens(key.get().span()));
        }
        return true;
    }

    /// What an element of `GROUP BY` stands for: a number is a column of the result, and so is a name that no table
    /// has.
    private Optional<Expression> key(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return block.position(literal).flatMap(this::atPosition);
        }
        if (expression instanceof Expression.Column column && column.name().size() == 1) {
            boolean isOfTable = !block.columns(tables, column.name()).isEmpty();
            return isOfTable ? Optional.of(expression) : aliased(column.name().getFirst());
        }
        return Optional.of(expression);
    }

    private Optional<Expression> atPosition(int position) {
        List<SelectItem> items = block.select().items();
        boolean hasStar = items.stream().anyMatch(item -> item.expression() instanceof Expression.Star);
        return hasStar || position > items.size()
                ? Optional.empty()
                : Optional.of(items.get(position - 1).expression());
    }

    private Optional<Expression> aliased(String name) {
        List<Expression> found = block.select().items().stream()
                .filter(item -> item.alias().filter(name::equals).isPresent())
                .map(SelectItem::expression)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Equal for what is the same but for blanks, comments and the case of words.
    private List<String> tokens(Span span) {
        return IntStream.range(span.first(), span.end())
                .mapToObj(token -> {
                    TokenKind kind = block.tokens().kind(token);
                    return kind == TokenKind.WORD || kind.isQuotedName()
                            ? "n " + block.tokens().name(token)
                            : block.tokens().written(token);
                })
                .toList();
    }

    private boolean readResult() {
        List<Expression> results = new ArrayList<>();
        block.select().items().forEach(item -> results.add(item.expression()));
        boolean isRead = results.stream().allMatch(this::replace);
        Query query = block.query();
        isRead = isRead && block.select().having().map(this::replace).orElse(true);
        for (SortItem item : query.orderBy()) {
            isRead = isRead && item.using().isEmpty() && (isOfResult(item.expression()) || replace(item.expression()));
        }
        return isRead && block.hasConstantLimit();
    }

    /// Whether an element of `ORDER BY` is a column of the result by its number or its own name.
    private boolean isOfResult(Expression expression) {
        return expression instanceof Expression.Literal
                || (expression instanceof Expression.Column column
                        && column.name().size() == 1
                        && aliased(column.name().getFirst()).isPresent());
    }

    /// Replaces what an expression takes from the rows of a group; false if that cannot be.
    private boolean replace(Node node) {
        if (node instanceof Expression expression) {
            int key = keyTokens.indexOf(tokens(expression.span()));
            if (key >= 0) {
                splices.add(new Splice(expression.span(), KEY + (key + 1)));
                return true;
            }
        }
        return switch (node) {
            case Expression.Column _, Expression.Star _, Expression.Fields _, Query _ -> false;
            case Expression.Call call ->
                isFunction(call) ? call.children().stream().allMatch(this::replace) : combine(call);
            default -> node.children().stream().allMatch(this::replace);
        };
    }

    /// Whether a call is surely of no aggregate.
    private boolean isFunction(Expression.Call call) {
        List<Function> found = catalog.functions(ObjectName.builtIn(call.name().getLast()));
        return !found.isEmpty()
                && isBuiltIn(call)
                && !call.star()
                && call.filter().isEmpty()
                && call.orderBy().isEmpty()
                && found.stream().allMatch(function -> function.kind() == Function.Kind.FUNCTION);
    }

    /// Whether what is called is PostgreSQL's own, and not a user's function of that name.
    private boolean isBuiltIn(Expression.Call call) {
        String name = call.name().getLast();
        return call.name().equals(List.of(ObjectName.CATALOG_SCHEMA, name))
                || (call.name().size() == 1
                        && catalog.userFunctions().stream()
                                .noneMatch(function -> function.name().name().equals(name)));
    }

    private boolean combine(Expression.Call call) {
        boolean isPlain = isBuiltIn(call)
                && !call.distinct()
                && call.orderBy().isEmpty()
                && !call.withinGroup()
                && call.over().isEmpty()
                && call.arguments().size() == (call.star() ? 0 : 1);
        Optional<String> combined = isPlain ? combined(call) : Optional.empty();
        combined.ifPresent(text -> splices.add(new Splice(call.span(), text)));
        return combined.isPresent();
    }

    private Optional<String> combined(Expression.Call call) {
        String name = call.name().getLast();
        if (name.equals("count")) {
            return value(call, "count").map(count -> "COALESCE(pg_catalog.sum(" + count + "), 0)" + BIGINT);
        }
        if (call.star()) {
            return Optional.empty();
        }
        if (OF_THEMSELVES.contains(name)) {
            return value(call, name).map(value -> "pg_catalog." + name + "(" + value + ")");
        }
        return numbers.of(call.arguments().getFirst().value()).flatMap(type -> switch (name) {
            case "sum" -> value(call, "sum").map(sum -> "pg_catalog.sum(" + sum + ")" + (isSmall(type) ? BIGINT : ""));
            case "avg" ->
                value(call, "sum")
                        .flatMap(sum -> value(call, "count")
                                .map(count -> "(pg_catalog.sum(" + sum + ") / pg_catalog.sum(" + count + "))"));
            default -> Optional.empty();
        });
    }

    /// Whether the sum of a type of numbers is a `bigint`, the sum of which would be `numeric`.
    private static boolean isSmall(KeyType type) {
        return type == KeyType.SMALLINT || type == KeyType.INTEGER;
    }

    /// Makes the shards compute an aggregate of what another one is computed from.
    ///
    /// @return the column that it goes to
    private Optional<String> value(Expression.Call call, String aggregate) {
        Sql.Writer value = new Sql.Writer(block.rules().charset()).append("pg_catalog." + aggregate + "(");
        if (call.star()) {
            value.append("*)");
        } else {
            Optional<Sql> argument =
                    block.written(call.arguments().getFirst().value().span());
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            operands.add(argument.get());
            value.append(argument.get()).append(")");
        }
        if (call.filter().isPresent()) {
            Optional<Sql> filter = block.written(call.filter().get().span());
            if (filter.isEmpty()) {
                return Optional.empty();
            }
            operands.add(filter.get());
            value.append(" FILTER (WHERE ").append(filter.get()).append(")");
        }
        values.add(value.sql());
        return Optional.of(VALUE + values.size());
    }

    private Optional<Gathering> gathering(Gatherer.PartProver prover) {
        Optional<Sql> from = block.rows();
        Optional<Sql> text = text();
        if (from.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        Sql rows = select(List.of(keys, operands), from.get());
        if (!prover.isProven(rows)) {
            return Optional.empty();
        }
        String groups = IntStream.rangeClosed(1, keys.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        Sql part = select(List.of(keys, values), from.get()).within("", keys.isEmpty() ? "" : " GROUP BY " + groups);
        return Optional.of(new Gathering(List.of(new Gathering.Part(Block.TABLE, part, rows, List.of())), text.get()));
    }

    /// Selects keys and what follows them.
    private Sql select(List<List<Sql>> columns, Sql from) {
        Sql.Writer rows = new Sql.Writer(block.rules().charset()).append("SELECT ");
        String separator = "";
        for (int list = 0; list < columns.size(); list++) {
            for (int i = 0; i < columns.get(list).size(); i++) {
                rows.append(separator).append("(").append(columns.get(list).get(i));
                rows.append(") AS " + (list == 0 ? KEY : VALUE) + (i + 1));
                separator = ", ";
            }
        }
        return rows.append(from).sql();
    }

    /// The query, over the groups of the shards.
    private Optional<Sql> text() {
        int from = from();
        if (from < 0) {
            return Optional.empty();
        }
        Span whole = block.query().span();
        int end = end(from + 1, ENDS);
        int rest = block.select().groupBy().isEmpty()
                ? end
                : end(end + 1, Set.of("having", "order", "limit", "offset", "fetch"));
        Sql.Writer text = new Sql.Writer(block.rules().charset());
        append(text, new Span(whole.first(), from));
        text.append(" FROM pg_temp." + Block.TABLE + " ");
        if (!keys.isEmpty()) {
            text.append("GROUP BY "
                    + IntStream.rangeClosed(1, keys.size())
                            .mapToObj(key -> KEY + key)
                            .collect(Collectors.joining(", "))
                    + " ");
        }
        append(text, new Span(rest, whole.end()));
        return Optional.of(text.sql());
    }

    /// Where the word `FROM` stands, -1 if that is not clear.
    private int from() {
        int from = block.select().from().getFirst().span().first() - 1;
        return from >= 0 && block.tokens().keyword(from).equals("from") ? from : -1;
    }

    /// The first of some words from a token on that is not within parentheses, or the end.
    private int end(int first, Set<String> words) {
        int depth = 0;
        for (int token = first; token < block.query().span().end(); token++) {
            TokenKind kind = block.tokens().kind(token);
            depth += kind == TokenKind.OPEN || kind == TokenKind.OPEN_BRACKET ? 1 : 0;
            depth -= kind == TokenKind.CLOSE || kind == TokenKind.CLOSE_BRACKET ? 1 : 0;
            if (depth == 0 && !isName(token) && words.contains(block.tokens().keyword(token))) {
                return token;
            }
        }
        return block.query().span().end();
    }

    /// Whether a token that is not the first is a name, whatever word it is.
    private boolean isName(int token) {
        return block.tokens().kind(token - 1) == TokenKind.DOT
                || block.tokens().keyword(token - 1).equals("as");
    }

    /// Appends tokens, with what stands in the place of some of them.
    private void append(Sql.Writer text, Span span) {
        int from = span.first();
        for (Splice splice : splices) {
            if (span.contains(splice.span())) {
                copy(text, from, splice.span().first());
                text.append(" " + splice.text() + " ");
                from = splice.span().end();
            }
        }
        copy(text, from, span.end());
    }

    private void copy(Sql.Writer text, int first, int end) {
        if (first < end) {
            text.append(
                    block.tokens().text(),
                    block.tokens().start(first),
                    block.tokens().end(end - 1));
        }
    }
}
