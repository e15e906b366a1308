package dev.pgbraid.router.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.tree.Delete;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementParserTest {
    /// Far more than the slowest text needs, and far less than a text needs that is read in more than linear time.
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void namesAreAsPostgresStoresThem() {
        Parsing parsing = Parsing.of("SELECT T.A, \"T\".\"a.b\", U&\"\\0062\" FROM S.T, \"my.table\" AS \"T\"");

        assertThat(parsing.all(Expression.Column.class).stream().map(Expression.Column::name))
                .containsExactly(List.of("t", "a"), List.of("T", "a.b"), List.of("b"));
        assertThat(parsing.all(FromItem.Table.class).stream().map(FromItem.Table::name))
                .containsExactly(List.of("s", "t"), List.of("my.table"));
    }

    @Test
    void partsKnowTheirTokens() {
        Parsing parsing = Parsing.of("WITH x AS (SELECT 1) SELECT a FROM t JOIN x ON (a = 1 + 2) WHERE b IN ('p', $1) "
                + "ORDER BY c DESC LIMIT 5 OFFSET 6");

        assertThat(parsing.all(Expression.Binary.class).stream().map(parsing::written))
                .containsExactly("a = 1 + 2", "1 + 2");
        assertThat(parsing.all(Expression.InList.class).stream().map(parsing::written))
                .containsExactly("b IN ('p', $1)");
        assertThat(parsing.all(Query.Limit.class).stream().map(parsing::written))
                .containsExactly("LIMIT 5");
        assertThat(parsing.all(Query.class).stream().map(parsing::written))
                .element(1)
                .isEqualTo("SELECT 1");
        assertThat(parsing.all(FromItem.Join.class).stream().map(parsing::written))
                .containsExactly("t JOIN x ON (a = 1 + 2)");
    }

    @Test
    void literalsAreKnownByTheirTokens() {
        Parsing parsing = Parsing.of("INSERT INTO t VALUES (1, 'it''s', -2.5, B'1', NULL)");

        assertThat(parsing.all(Expression.Literal.class).stream()
                        .map(literal -> parsing.tokens().written(literal.token())))
                .containsExactly("1", "'it''s'", "2.5", "B'1'", "NULL");
    }

    @Test
    void everyPartOfEveryClauseIsFound() {
        Parsing parsing = Parsing.of("SELECT a0 FROM t WHERE a1 = (SELECT a2 FROM u ORDER BY a3) GROUP BY a4, "
                + "GROUPING SETS ((a5), ()) HAVING f(a6 ORDER BY a7) FILTER (WHERE a8) OVER (PARTITION BY a9 "
                + "ORDER BY b0 ROWS b1 PRECEDING) > 1 WINDOW w AS (ORDER BY b2) UNION SELECT CASE b3 WHEN b4 THEN "
                + "b5 END LIMIT b6");

        assertThat(parsing.all(Expression.Column.class).stream()
                        .map(column -> column.name().getLast()))
                .containsExactly(
                        "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "b1", "b2", "b3", "b4", "b5",
                        "b6");
    }

    @Test
    void whatFollowsBlankLinesBelongsToTheStatement() {
        Delete delete = (Delete) Parsing.of("DELETE FROM t\n\n\nWHERE id = 5").statement();

        assertThat(delete.where()).isPresent();
    }

    @Test
    void operatorsOfJsonBindMoreTightlyThanComparisons() {
        Parsing parsing = Parsing.of("SELECT 1 FROM t WHERE id = 5 AND c->>'k' = '5' OR d = 1");

        assertThat(parsing.all(Expression.Or.class).getFirst().operands()).hasSize(2);
    }

    @Test
    void stringsEndWherePostgresEndsThem() {
        Update update = (Update) Parsing.of("UPDATE t SET a = E'\\' WHERE id = 5 --' WHERE id = 6")
                .statement();
        Parsing parsing = Parsing.of("UPDATE t SET a = E'\\' WHERE id = 5 --' WHERE id = 6");

        assertThat(update.where().map(parsing::written)).contains("id = 6");
    }

    @Test
    void aLimitAfterASetOperationAppliesToAllOfIt() {
        Query query = (Query)
                Parsing.of("SELECT a FROM t UNION ALL SELECT b FROM u LIMIT 1").statement();

        assertThat(query.limit()).isPresent();
        assertThat(((QueryBody.SetOperation) query.body()).right().limit()).isEmpty();
    }

    @Test
    void rowsOfAnInsertAreKnownOneByOne() {
        Parsing parsing = Parsing.of("INSERT INTO t (a, b) VALUES (1, 2), (3, DEFAULT) RETURNING a");
        Insert insert = (Insert) parsing.statement();
        QueryBody.Values values =
                (QueryBody.Values) insert.query().orElseThrow().body();

        assertThat(values.rows().stream().map(parsing::written)).containsExactly("(1, 2)", "(3, DEFAULT)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SELECT (1                                 | a "(" is not closed
        SELECT 1)                                 | unexpected ")"
        SELECT (1]                                | unexpected "]"
        SELECT a b c FROM t                       | unexpected "c"
        SELECT a < b < c                          | unexpected "<"
        SELECT a FROM t WHERE                     | its clauses are not in the order of a query
        SELECT a WHERE b FROM t                   | its clauses are not in the order of a query
        SELECT a FROM t JOIN u                    | a join has no condition
        SELECT a FROM t JOIN u ON b ON c          | there are more conditions than joins
        SELECT a INTO u FROM t                    | SELECT INTO creates a table
        SELECT a.b.c.d.e                          | a column has a name of 5 parts
        DELETE t WHERE a = 1                      | unexpected "DELETE"
        DELETE FROM t WHERE                       | more is expected at the end
        INSERT INTO t (f(a)) VALUES (1)           | no column is where one is given a value
        CREATE TABLE t (a int)                    | unexpected "CREATE"
        `UPDATE t SET a = 1; SELECT 1`            | read
        """)
    void whatIsNotReadHasAReason(String sql, String reason) {
        Parsing parsing = Parsing.of(sql);

        assertThat(parsing.reading() instanceof Reading.Read ? "read" : parsing.reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        (              | 1 | )      | 1000   | it has 1000 levels of parentheses, more than 100
        (              | 1 |        | 1000   | it has 1000 levels of parentheses, more than 100
        (SELECT        | 1 | )      | 1000   | it has 1000 levels of parentheses, more than 100
        NOT            | a |        | 10000  | it is nested more than 400 levels deep
        CASE WHEN      | a |        | 10000  | it is nested more than 400 levels deep
        a.             | a |        | 20000  | a column has a name of 20001 parts
        1 +            | 1 |        | 20000  | it has 1001 levels of operators and clauses, more than 1000
        1 AND          | 1 |        | 20000  | read
        1,             | 1 |        | 20000  | a query has more than 2000 columns, tables and conditions
        a IN (1) AND   | 1 |        | 20000  | read
        1,             | 1 |        | 400000 | it has 800002 tokens, more than 500000
        """)
    void longTextsAreReadSoonOrRefused(String before, String middle, String after, int times, String expected) {
        String sql = "SELECT " + (before + " ").repeat(times) + middle + (after == null ? "" : after.repeat(times));

        assertSoon(sql, expected);
    }

    @Test
    void longListsAreReadSoon() {
        assertSoon("SELECT a FROM t WHERE b IN (" + "12345, ".repeat(150_000) + "1)", "read");
        assertSoon("INSERT INTO t VALUES (1, 'a')" + ", (2, 'b')".repeat(80_000), "read");
    }

    @Test
    void manyJoinsAndSetOperationsAreReadSoon() {
        assertSoon("SELECT 1 FROM t" + " JOIN t ON a = b".repeat(900), "read");
        assertSoon(
                "SELECT 1 FROM t" + " JOIN t ON a = b".repeat(5_000),
                "a query has more than 2000 columns, tables and conditions");
        assertSoon("SELECT 1 FROM " + "(t JOIN ".repeat(5_000), "it has 5000 levels of parentheses, more than 100");
        assertSoon("SELECT 1 FROM t" + ", t".repeat(1_900), "read");
        assertSoon("SELECT 1" + " UNION SELECT 1".repeat(400), "read");
        assertSoon("SELECT 1 WHERE a IN (" + "(SELECT 1 FROM t WHERE a = 1), ".repeat(900) + "1)", "read");
        assertSoon(
                "SELECT 1 WHERE a IN (" + "(SELECT 1 FROM t WHERE a = 1), ".repeat(1_000) + "1)",
                "it has more than 1000 queries");
    }

    private static void assertSoon(String sql, String expected) {
        Instant start = Instant.now();
        Parsing parsing = Parsing.of(sql);

        assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
        assertThat(parsing.reading() instanceof Reading.Read ? "read" : parsing.reason())
                .isEqualTo(expected);
    }

    @Test
    void childrenAreAllPartsOfAStatement() {
        Parsing parsing = Parsing.of("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED AND t.b THEN UPDATE SET c = u.d "
                + "WHEN NOT MATCHED THEN INSERT (e) VALUES (u.f) RETURNING g");

        assertThat(parsing.all(Node.class).stream()
                        .filter(Expression.Column.class::isInstance)
                        .map(parsing::written))
                .containsExactly("t.a", "u.a", "t.b", "c", "u.d", "e", "u.f", "g");
    }
}
