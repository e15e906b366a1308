package dev.pgbraid.router.gather;

import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A query whose rows each shard can compute, and that wants them in an order, or some of them: every shard sorts its
/// own
/// and gives no more than may be wanted of them.
final class TopRows {
    private static final String COLUMN = "pgbraid_c";
    private static final String KEY = "pgbraid_s";

    private final Block block;
    private final Query query;
    private final QueryBody.Select select;
    private final List<Sql> columns = new ArrayList<>();

    /// What the columns are called; empty where that is not known.
    private final List<String> names = new ArrayList<>();

    private final List<Sql> keys = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    private TopRows(Block block) {
        this.block = block;
        this.query = block.query();
        this.select = block.select();
    }

    /// The gathering, if the query is such a one.
    static Optional<Gathering> of(Block block, BoundQuery bound, Gatherer.PartProver prover) {
        TopRows rows = new TopRows(block);
        return isPlain(block.select(), bound) && block.hasConstantLimit() && rows.readColumns() && rows.readOrder()
                ? rows.gathering(prover)
                : Optional.empty();
    }

    private static boolean isPlain(QueryBody.Select select, BoundQuery bound) {
        return select.distinct() == QueryBody.Distinct.NONE
                && bound.body() instanceof BoundQuery.Select body
                && body.grouping().kind() == BoundQuery.Grouping.Kind.NONE
                && body.windows().isEmpty();
    }

    private boolean readColumns() {
        for (SelectItem item : select.items()) {
            boolean isRead = item.expression() instanceof Expression.Star star ? readStar(star) : read(item);
            if (!isRead) {
                return false;
            }
        }
        return !columns.isEmpty();
    }

    private boolean read(SelectItem item) {
        Expression expression = item.expression();
        boolean isRow = expression instanceof Expression.Row
                || expression instanceof Expression.Fields
                || (expression instanceof Expression.Column column
                        && block.isItem(column.name().getLast()));
        Optional<Sql> written = isRow ? Optional.empty() : block.written(expression.span());
        written.ifPresent(text -> {
            columns.add(text);
            names.add(item.alias().orElseGet(() -> name(expression)));
        });
        return written.isPresent();
    }

    /// What PostgreSQL calls a column without a name of its own.
    private static String name(Expression expression) {
        return switch (expression) {
            case Expression.Column column -> column.name().getLast();
            case Expression.Cast cast -> name(cast.operand());
            case Expression.Collate collate -> name(collate.operand());
            case Expression.Call call -> call.name().getLast();
            default -> "";
        };
    }

    private boolean readStar(Expression.Star star) {
        String qualifier = star.qualifier().isEmpty() ? "" : star.qualifier().getLast();
        return star.qualifier().size() <= 1 && select.from().stream().allMatch(item -> readStar(item, qualifier));
    }

    /// Adds the columns of an item, as far as the star stands for them.
    private boolean readStar(FromItem item, String qualifier) {
        return switch (item) {
            case FromItem.Table table -> readStar(table, qualifier);
            case FromItem.Join join ->
                join.using().isEmpty()
                        && !join.natural()
                        && join.alias().isEmpty()
                        && readStar(join.left(), qualifier)
                        && readStar(join.right(), qualifier);
            case FromItem.Derived _, FromItem.Functions _ -> false;
        };
    }

    private boolean readStar(FromItem.Table table, String qualifier) {
        String alias = Gatherer.alias(table);
        if (!qualifier.isEmpty() && !qualifier.equals(alias)) {
            return true;
        }
        Relation relation = block.relations().get(table.span());
        if (relation == null
                || table.alias().filter(given -> !given.columns().isEmpty()).isPresent()) {
            return false;
        }
        for (Column column : relation.columns()) {
            columns.add(new Sql.Writer(block.rules().charset())
                    .append(Sql.quoted(alias) + "." + Sql.quoted(column.name()))
                    .sql());
            names.add(column.name());
        }
        return true;
    }

    private boolean readOrder() {
        for (SortItem item : query.orderBy()) {
            Optional<String> column = item.using().isPresent() ? Optional.empty() : sorted(item.expression());
            if (column.isEmpty()) {
                return false;
            }
            order.add(column.get() + direction(item));
        }
        return true;
    }

    private static String direction(SortItem item) {
        String direction = switch (item.direction()) {
            case UNSPECIFIED -> "";
            case ASCENDING -> " ASC";
            case DESCENDING -> " DESC";
        };
        return switch (item.nulls()) {
            case UNSPECIFIED -> direction;
            case FIRST -> direction + " NULLS FIRST";
            case LAST -> direction + " NULLS LAST";
        };
    }

    /// The column of the part that is sorted by; nothing if it is not clear what that is.
    private Optional<String> sorted(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return block.position(literal)
                    .filter(position -> position <= columns.size())
                    .map(position -> COLUMN + position);
        }
        if (expression instanceof Expression.Column column && column.name().size() == 1) {
            return named(column);
        }
        return block.written(expression.span()).map(this::key);
    }

    /// A name is that of a column of the result, or else of a table.
    private Optional<String> named(Expression.Column column) {
        String name = column.name().getFirst();
        List<Integer> found = IntStream.range(0, names.size())
                .filter(index -> names.get(index).equals(name))
                .boxed()
                .toList();
        if (found.size() == 1) {
            return Optional.of(COLUMN + (found.getFirst() + 1));
        }
        boolean isOfTable = !names.contains("") && found.isEmpty() && !block.isItem(name);
        return isOfTable ? block.written(column.span()).map(this::key) : Optional.empty();
    }

    private String key(Sql text) {
        keys.add(text);
        return KEY + keys.size();
    }

    private Optional<Gathering> gathering(Gatherer.PartProver prover) {
        Optional<Sql> rows = block.rows().map(this::select).filter(prover::isProven);
        return rows.map(all -> {
            Sql part = all.within("", sorting() + cut());
            return new Gathering(List.of(new Gathering.Part(Block.TABLE, part, all, List.of())), text());
        });
    }

    private Sql select(Sql from) {
        Sql.Writer rows = new Sql.Writer(block.rules().charset()).append("SELECT ");
        for (int i = 0; i < columns.size(); i++) {
            rows.append(i == 0 ? "(" : ", (").append(columns.get(i)).append(") AS " + COLUMN + (i + 1));
        }
        for (int i = 0; i < keys.size(); i++) {
            rows.append(", (").append(keys.get(i)).append(") AS " + KEY + (i + 1));
        }
        return rows.append(from).sql();
    }

    private String sorting() {
        return order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order);
    }

    /// The rows of one shard among which all are that may be wanted of it.
    private String cut() {
        Optional<String> count = query.limit().flatMap(Query.Limit::count).map(this::number);
        if (count.isEmpty()) {
            return "";
        }
        String most = query.offset()
                .map(offset -> count.get() + " + COALESCE(" + number(offset) + ", 0)")
                .orElse(count.get());
        boolean withTies = query.limit().filter(Query.Limit::withTies).isPresent();
        return withTies ? " FETCH FIRST (" + most + ") ROWS WITH TIES" : " LIMIT " + most;
    }

    private String number(Expression constant) {
        return block.tokens().written(constant.span().first(), constant.span().end()) + "::pg_catalog.int8";
    }

    private Sql text() {
        String result = IntStream.rangeClosed(1, columns.size())
                .mapToObj(column -> COLUMN + column)
                .collect(Collectors.joining(", "));
        String offset = query.offset().map(given -> " OFFSET " + number(given)).orElse("");
        boolean withTies = query.limit().filter(Query.Limit::withTies).isPresent();
        String limit = query.limit()
                .flatMap(Query.Limit::count)
                .map(count ->
                        withTies ? " FETCH FIRST (" + number(count) + ") ROWS WITH TIES" : " LIMIT " + number(count))
                .orElse("");
        return new Sql.Writer(block.rules().charset())
                .append("SELECT " + result + " FROM pg_temp." + Block.TABLE + sorting() + offset + limit)
                .sql();
    }
}
