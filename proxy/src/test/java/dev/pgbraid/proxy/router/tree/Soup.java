package dev.pgbraid.proxy.router.tree;

import dev.pgbraid.protocol.testing.Choices;
import dev.pgbraid.protocol.testing.Gen;
import java.util.List;

/// Makes statements of operators, joins or set operations in any order; the grammar has no place for some of them.
///
/// Everything in them has a meaning if the grammar takes it, so that the server says what it has understood.
final class Soup {
    private static final List<String> INFIX = List.of(
            " + ",
            " - ",
            " * ",
            " / ",
            " % ",
            " ^ ",
            " || ",
            " @@ ",
            " OPERATOR(public.||) ",
            " = ",
            " <> ",
            " < ",
            " >= ",
            " AND ",
            " OR ",
            " IS DISTINCT FROM ",
            " IS NOT DISTINCT FROM ",
            " LIKE ",
            " NOT LIKE ",
            " BETWEEN c AND ",
            " NOT BETWEEN c + d AND ",
            " BETWEEN SYMMETRIC c < d AND ");
    private static final List<String> PREFIX = List.of("NOT ", "- ", "+ ", "~ ", "OPERATOR(public.~) ");
    private static final List<String> POSTFIX = List.of(
            " IS NULL",
            " IS NOT TRUE",
            " ISNULL",
            " NOTNULL",
            " IN (c, d)",
            " NOT IN (d)",
            " = ANY (array[c])",
            " LIKE ANY (array[c])",
            " IN (SELECT d FROM soup)",
            "::m",
            "::m::boolean");
    private static final List<String> JOINS = List.of(
            " JOIN ",
            " LEFT JOIN ",
            " RIGHT OUTER JOIN ",
            " FULL JOIN ",
            " CROSS JOIN ",
            " NATURAL INNER JOIN ",
            " NATURAL LEFT JOIN ");
    private static final List<String> SET_OPERATORS =
            List.of(" UNION ", " UNION ALL ", " INTERSECT ", " INTERSECT ALL ", " EXCEPT ", " EXCEPT ALL ");
    private static final int DEPTH_MAX = 3;

    private final Choices choices;
    private int tables;

    private Soup(Choices choices) {
        this.choices = choices;
    }

    static Gen<String> expressions() {
        return choices -> "SELECT 1 FROM soup WHERE " + new Soup(choices).expression(0);
    }

    static Gen<String> joins() {
        return choices -> "SELECT 1 FROM " + new Soup(choices).joins(0);
    }

    static Gen<String> setOperations() {
        return choices -> new Soup(choices).setOperations(0);
    }

    private String one(List<String> strings) {
        return Gen.of(strings).make(choices);
    }

    private boolean isOneOf(int times) {
        return choices.below(times) == times - 1;
    }

    private String expression(int depth) {
        StringBuilder text = new StringBuilder();
        do {
            if (!text.isEmpty()) {
                text.append(one(INFIX));
            }
            while (isOneOf(5)) {
                text.append(one(PREFIX));
            }
            boolean isInner = depth < DEPTH_MAX && isOneOf(6);
            text.append(isInner ? "(" + expression(depth + 1) + ")" : one(List.of("a", "b")));
            while (isOneOf(6)) {
                text.append(one(POSTFIX));
            }
        } while (choices.below(4) > 0);
        return text.toString();
    }

    private String joins(int depth) {
        StringBuilder text = new StringBuilder(table(depth));
        int waiting = 0;
        while (choices.below(5) > 0) {
            String join = one(JOINS);
            text.append(join).append(table(depth));
            waiting += join.contains("CROSS") || join.contains("NATURAL") ? 0 : 1;
            while (waiting > 0 && isOneOf(2)) {
                text.append(" ON true");
                waiting--;
            }
        }
        return text + " ON true".repeat(waiting);
    }

    private String table(int depth) {
        int number = tables++;
        String alias = " AS t" + number + " (c" + number + ")";
        return switch (choices.below(6)) {
            case 5 ->
                depth < DEPTH_MAX ? "(" + joins(depth + 1) + " CROSS JOIN joined" + alias + ")" : "joined" + alias;
            case 4 -> "(SELECT 1)" + alias;
            default -> "joined" + alias;
        };
    }

    private String setOperations(int depth) {
        StringBuilder text = new StringBuilder();
        do {
            if (!text.isEmpty()) {
                text.append(one(SET_OPERATORS));
            }
            boolean isInner = depth < DEPTH_MAX && isOneOf(5);
            text.append(
                    isInner
                            ? "(" + setOperations(depth + 1) + ")"
                            : one(List.of(
                                    "SELECT 1",
                                    "SELECT count(*)",
                                    "(SELECT 3 LIMIT 1)",
                                    "VALUES (4), (5)",
                                    "TABLE one")));
        } while (choices.below(5) > 0);
        return text + one(List.of("", " LIMIT 1", " ORDER BY 1", " OFFSET 1", " LIMIT 2 OFFSET 1"));
    }
}
