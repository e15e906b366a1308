package dev.pgbraid.proxy.differential;

import dev.pgbraid.protocol.testing.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes queries and changes over the tables of the schema: joins, subqueries and conditions of all forms.
///
/// The rows of a result do not depend on the order in which anything is read.
final class QueryMaker {
    private static final int DEPTH_MAX = 3;
    /// How many of the tables are sharded; they come first.
    private static final int SHARDED = 13;

    /// The tables, those first that share a key, each with its key first. A type follows each column.
    private static final List<String> TABLES = List.of(
            "customers id:n name:t referrer:n country:t",
            "orders customer_id:n id:n state:t note:t",
            "items customer_id:n order_id:n line:n product_id:n",
            "by_bigint k:n n:n v:t",
            "by_int k:n n:n v:t",
            "events device:d customer_id:n kind:t",
            "by_text k:t n:n v:t",
            "by_varchar k:t n:n v:t",
            "by_pair a:n b:t n:n v:t",
            "by_nullable k:n n:n v:t",
            "by_range k:n n:n v:t",
            "by_list k:t n:n v:t",
            "by_ring k:n n:n v:t",
            "countries code:t name:t region:t",
            "products id:n name:t category:t",
            "open_orders customer_id:n id:n",
            "customer_totals id:n name:t orders:n",
            "settings name:t value:t level:n");

    private static final List<String> FAMILY = TABLES.subList(0, 3);
    private static final List<String> REFERENCES = TABLES.subList(SHARDED, SHARDED + 2);

    private final Choices choices;
    private int aliases;
    private int depth;
    /// Half of the statements look for rows of this key everywhere.
    private Optional<String> sought = Optional.empty();

    private QueryMaker(Choices choices) {
        this.choices = choices;
    }

    static String make(Choices choices) {
        QueryMaker maker = new QueryMaker(choices);
        if (choices.below(2) == 0) {
            maker.sought = Optional.of(maker.one(List.of("1", "2", "3", "5", "42")));
        }
        return maker.statement();
    }

    /// An item of `FROM` and its columns.
    private record Item(String text, List<GeneratedColumn> columns) {}

    private boolean rarely(int bound) {
        return choices.below(bound) == bound - 1;
    }

    private <T> T one(List<T> of) {
        return of.get(choices.below(of.size()));
    }

    private String statement() {
        return switch (choices.below(10)) {
            case 8, 9 -> change();
            case 5 -> query() + one(List.of(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ")) + query();
            case 6 -> with(false);
            case 7 -> with(true);
            default -> query();
        };
    }

    private String change() {
        Item target = table(one(TABLES.subList(0, SHARDED)));
        boolean isJoined = rarely(2);
        Item other = isJoined ? item() : new Item("", List.of());
        String where = where(with(target.columns, other.columns));
        String returning = " RETURNING "
                + target.columns.stream().map(GeneratedColumn::name).collect(Collectors.joining(", "));
        if (rarely(2)) {
            return "DELETE FROM " + target.text + (isJoined ? " USING " + other.text : "") + where + returning;
        }
        String column = one(target.columns).name();
        String set = column.substring(column.indexOf('.') + 1) + " = " + one(List.of(column, "NULL", "1", "'5'"));
        return "UPDATE " + target.text + " SET " + set + (isJoined ? " FROM " + other.text : "") + where + returning;
    }

    private String with(boolean twice) {
        depth++;
        String inner = query(2, List.of());
        depth--;
        List<GeneratedColumn> columns = List.of(
                new GeneratedColumn("w.x", GeneratedColumn.Type.NUMBER),
                new GeneratedColumn("w.y", GeneratedColumn.Type.NUMBER));
        String from = twice ? "w JOIN w AS v ON w.x = v.x" : "w";
        String items = "SELECT w.x, w.y FROM " + from;
        return "WITH w (x, y) AS (" + inner + ") " + items + where(columns);
    }

    private String query() {
        return query(1 + choices.below(2), List.of());
    }

    /// A query with so many columns, all of them numbers if there is more than one.
    private String query(int width, List<GeneratedColumn> around) {
        Item from = from(around);
        List<GeneratedColumn> all = new ArrayList<>(from.columns);
        all.addAll(around);
        String where = where(all);
        return switch (choices.below(6)) {
            case 3 -> "SELECT DISTINCT " + items(width, from.columns) + " FROM " + from.text + where;
            case 4 -> grouped(width, from, where);
            case 5 -> "SELECT " + aggregates(width, from.columns) + " FROM " + from.text + where;
            default -> "SELECT " + items(width, from.columns) + " FROM " + from.text + where;
        };
    }

    private String grouped(int width, Item from, String where) {
        List<String> keys = IntStream.range(0, 1 + choices.below(2))
                .mapToObj(_ -> number(from.columns))
                .toList();
        String items = width == 1 ? "count(*)" : keys.getFirst() + ", count(*)";
        String having = rarely(3) ? " HAVING count(*) > 1" : "";
        return "SELECT " + items + " FROM " + from.text + where + " GROUP BY " + String.join(", ", keys) + having;
    }

    private String aggregates(int width, List<GeneratedColumn> columns) {
        return listOf(width, () -> one(List.of("count(*)", "max(", "min(", "count(DISTINCT ")) + number(columns) + ")")
                .replaceAll("count\\(\\*\\)[^,]*\\)", "count(*)");
    }

    private String items(int width, List<GeneratedColumn> columns) {
        return listOf(width, () -> number(columns));
    }

    private static String listOf(int count, Supplier<String> item) {
        return IntStream.range(0, count).mapToObj(_ -> item.get()).collect(Collectors.joining(", "));
    }

    private String number(List<GeneratedColumn> columns) {
        return column(columns, GeneratedColumn.Type.NUMBER)
                .map(GeneratedColumn::name)
                .orElse("0");
    }

    private Optional<GeneratedColumn> column(List<GeneratedColumn> columns, GeneratedColumn.Type type) {
        List<GeneratedColumn> fitting =
                columns.stream().filter(column -> column.type() == type).toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(one(fitting));
    }

    private Item from(List<GeneratedColumn> around) {
        Item item = item();
        int joins = Math.max(0, choices.below(5) - 2);
        for (int i = 0; i < joins && depth <= DEPTH_MAX; i++) {
            item = join(item, around);
        }
        return item;
    }

    private Item item() {
        if (depth < DEPTH_MAX && rarely(6)) {
            String alias = "t" + ++aliases;
            depth++;
            String inner = query(2, List.of());
            depth--;
            return new Item(
                    "(" + inner + ") AS " + alias + " (x, y)",
                    List.of(
                            new GeneratedColumn(alias + ".x", GeneratedColumn.Type.NUMBER),
                            new GeneratedColumn(alias + ".y", GeneratedColumn.Type.NUMBER)));
        }
        return table(one(
                switch (choices.below(8)) {
                    case 5 -> REFERENCES;
                    case 6, 7 -> TABLES;
                    default -> FAMILY;
                }));
    }

    private Item table(String written) {
        String alias = "t" + ++aliases;
        String[] table = written.split(" ", -1);
        List<GeneratedColumn> columns = new ArrayList<>();
        for (int i = 1; i < table.length; i++) {
            String[] column = table[i].split(":", -1);
            GeneratedColumn.Type type = switch (column[1]) {
                case "n" -> GeneratedColumn.Type.NUMBER;
                case "t" -> GeneratedColumn.Type.TEXT;
                default -> GeneratedColumn.Type.DEVICE;
            };
            columns.add(new GeneratedColumn(alias + "." + column[0], type, i == 1));
        }
        return new Item(table[0] + " AS " + alias, columns);
    }

    private Item join(Item left, List<GeneratedColumn> around) {
        boolean isLateral = depth < DEPTH_MAX && rarely(8);
        Item right = isLateral ? lateral(left) : item();
        List<GeneratedColumn> both = new ArrayList<>(left.columns);
        both.addAll(right.columns);
        String type = one(List.of(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " JOIN ", " LEFT JOIN "));
        if (isLateral) {
            return new Item(left.text + ", " + right.text, both);
        }
        // PostgreSQL cannot do full joins on other conditions than equality.
        String condition = onKeys(left, right);
        if (!type.equals(" FULL JOIN ")) {
            List<GeneratedColumn> all = new ArrayList<>(both);
            all.addAll(around);
            condition = switch (choices.below(4)) {
                case 2 -> condition + " AND " + condition(all);
                case 3 -> condition(all);
                default -> condition;
            };
        }
        return new Item(left.text + type + right.text + " ON " + condition, both);
    }

    /// That the first columns are equal, which most often are keys, or others.
    private String onKeys(Item left, Item right) {
        GeneratedColumn first = right.columns.getFirst();
        List<GeneratedColumn> fitting = left.columns.stream()
                .filter(column -> column.type() == first.type())
                .toList();
        int other = rarely(4) ? choices.below(fitting.size() + 1) : 0;
        return fitting.isEmpty() ? "true" : fitting.get(other % fitting.size()).name() + " = " + first.name();
    }

    private Item lateral(Item left) {
        String alias = "t" + ++aliases;
        depth++;
        String inner = query(2, left.columns);
        depth--;
        return new Item(
                "LATERAL (" + inner + ") AS " + alias + " (x, y)",
                List.of(
                        new GeneratedColumn(alias + ".x", GeneratedColumn.Type.NUMBER),
                        new GeneratedColumn(alias + ".y", GeneratedColumn.Type.NUMBER)));
    }

    private String where(List<GeneratedColumn> columns) {
        List<String> conditions = new ArrayList<>();
        columns.stream()
                .filter(column -> column.isKey() && column.type() == GeneratedColumn.Type.NUMBER && !rarely(8))
                .forEach(column -> sought.ifPresent(key -> conditions.add(column.name() + " = " + key)));
        if (choices.below(4) > 0) {
            conditions.add(condition(columns));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private String condition(List<GeneratedColumn> columns) {
        depth++;
        String made = depth > DEPTH_MAX ? comparison(columns) : anyCondition(columns);
        depth--;
        return made;
    }

    private String anyCondition(List<GeneratedColumn> columns) {
        return switch (choices.below(16)) {
            case 5, 6, 7 -> condition(columns) + " AND " + condition(columns);
            case 8, 9 -> "(" + condition(columns) + " OR " + condition(columns) + ")";
            case 10 -> "NOT (" + condition(columns) + ")";
            case 11 ->
                "(CASE WHEN " + condition(columns) + " THEN " + condition(columns) + " ELSE " + comparison(columns)
                        + " END)";
            case 12 -> "(" + condition(columns) + ") IS " + one(List.of("TRUE", "NOT TRUE", "FALSE", "UNKNOWN"));
            case 13 -> one(List.of("EXISTS (", "NOT EXISTS (")) + query(1, columns) + ")";
            case 14 -> number(columns) + one(List.of(" IN (", " NOT IN (", " = ANY (")) + numbers(columns) + ")";
            case 15 -> "(" + number(columns) + ", " + number(columns) + ") IN (" + query(2, columns) + ")";
            default -> comparison(columns);
        };
    }

    /// A query with one column of numbers.
    private String numbers(List<GeneratedColumn> columns) {
        Item from = from(columns);
        return "SELECT " + number(from.columns) + " FROM " + from.text + where(with(from.columns, columns));
    }

    private static List<GeneratedColumn> with(List<GeneratedColumn> columns, List<GeneratedColumn> others) {
        List<GeneratedColumn> all = new ArrayList<>(columns);
        all.addAll(others);
        return all;
    }

    private String comparison(List<GeneratedColumn> columns) {
        GeneratedColumn column = keyOrOther(columns);
        List<String> values = column.type().literals();
        return switch (choices.below(14)) {
            case 3 -> one(values) + " = " + column.name();
            case 4 -> column.name() + " IN (" + listOf(1 + choices.below(3), () -> one(values)) + ")";
            case 5 -> column.name() + " NOT IN (" + listOf(2, () -> one(values)) + ")";
            case 6 -> column.name() + " = ANY (ARRAY[" + listOf(2, () -> one(values)) + "])";
            case 7 ->
                column.name() + one(List.of(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC ")) + one(values)
                        + " AND " + one(values);
            case 8 -> column.name() + one(List.of(" IS NOT DISTINCT FROM ", " IS DISTINCT FROM ")) + one(values);
            case 9 -> column.name() + one(List.of(" IS NULL", " IS NOT NULL"));
            case 10 -> column.name() + one(List.of(" < ", " <= ", " > ", " >= ", " <> ")) + one(values);
            case 11 -> pair(columns);
            case 12 ->
                column.name() + " = "
                        + column(columns, column.type())
                                .map(GeneratedColumn::name)
                                .orElse("NULL");
            case 13 -> "coalesce(" + column.name() + ", " + one(values) + ") = " + one(values);
            default -> column.name() + " = " + one(values);
        };
    }

    private GeneratedColumn keyOrOther(List<GeneratedColumn> columns) {
        List<GeneratedColumn> keys =
                columns.stream().filter(GeneratedColumn::isKey).toList();
        return keys.isEmpty() || rarely(3) ? one(columns) : one(keys);
    }

    private String pair(List<GeneratedColumn> columns) {
        GeneratedColumn one = keyOrOther(columns);
        GeneratedColumn other = one(columns);
        Supplier<String> value =
                () -> "(" + one(one.type().literals()) + ", " + one(other.type().literals()) + ")";
        String row = "(" + one.name() + ", " + other.name() + ")";
        return switch (choices.below(3)) {
            case 1 -> row + " IN (" + listOf(2, value) + ")";
            case 2 -> row + " >= " + value.get();
            default -> row + " = " + value.get();
        };
    }
}
