package dev.pgbraid.router.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();

    private Tokens read(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);
        assertThat(tokens.error()).isEmpty();
        shape.read(tokens, 0);
        return tokens;
    }

    private String shapeOf(String sql) {
        read(sql);
        return new String(shape.bytes(), 0, shape.length(), StandardCharsets.UTF_8);
    }

    /// The slots as they are written, with the sign that belongs to them.
    private List<String> slots(String sql) {
        Tokens tokens = read(sql);
        List<String> slots = new ArrayList<>();
        for (int slot = 0; slot < shape.slotCount(); slot++) {
            slots.add((shape.isNegative(slot) ? "-" : "") + tokens.written(shape.slotToken(slot)));
        }
        return slots;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SELECT * FROM t WHERE a = 5         ~ select*from T /* x */ where a=17 -- y
        SELECT 'a'                          ~ SELECT E'\\n'
        SELECT 'a'                          ~ SELECT $$b$$
        SELECT 1.5                          ~ SELECT 99999999999999999999
        SELECT 5000000000                   ~ SELECT 0xFFFFFFFFFF
        SELECT date '2020-01-01'            ~ SELECT date '2021-01-01'
        SELECT a IN (1)                     ~ SELECT a IN (1, -2, +3)
        SELECT a IN ('x')                   ~ SELECT a IN ('y', 'z')
        INSERT INTO t VALUES (1, 'a')       ~ INSERT INTO t VALUES (2, 'b'), (-3, 'c')
        INSERT INTO t VALUES (1, f(2))      ~ INSERT INTO t VALUES (1, f(2)), (3, f(4))
        SELECT a FROM t ORDER BY a LIMIT 5  ~ SELECT a FROM t ORDER BY a LIMIT 6
        SELECT f('a') FROM t GROUP BY g('b') ~ SELECT f('c') FROM t GROUP BY g('d')
        """)
    void doesNotTellApart(String one, String other) {
        assertThat(shapeOf(one)).isEqualTo(shapeOf(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SELECT 5                            ~ SELECT '5'
        SELECT 5                            ~ SELECT 5.0
        SELECT 5                            ~ SELECT 5000000000
        SELECT 5                            ~ SELECT $1
        SELECT $1                           ~ SELECT $2
        SELECT 5                            ~ SELECT -5
        SELECT 5                            ~ SELECT b'1'
        SELECT a                            ~ SELECT "A"
        SELECT NULL                         ~ SELECT true
        SELECT ab                           ~ SELECT a b
        SELECT int '5'                      ~ SELECT text '5'
        SELECT '5'::varchar(3)              ~ SELECT '5'::varchar(4)
        SELECT x::s.t(3)                    ~ SELECT x::s.t(4)
        SELECT CAST(x AS numeric(3, 1))     ~ SELECT CAST(x AS numeric(3, 2))
        SELECT a, b FROM t ORDER BY 1       ~ SELECT a, b FROM t ORDER BY 2
        SELECT a, b FROM t ORDER BY a, 1    ~ SELECT a, b FROM t ORDER BY a, 2
        SELECT (SELECT 1 ORDER BY a, (SELECT 2 ORDER BY 1), 1) ~ SELECT (SELECT 1 ORDER BY a, (SELECT 2 ORDER BY 1), 2)
        SELECT a, b FROM t GROUP BY 1       ~ SELECT a, b FROM t GROUP BY 2
        SELECT a, b FROM t GROUP BY ROLLUP ((1), (2)) ~ SELECT a, b FROM t GROUP BY ROLLUP ((2), (1))
        SELECT DISTINCT ON (1) a, b FROM t  ~ SELECT DISTINCT ON (2) a, b FROM t
        SELECT a IN (1, 2)                  ~ SELECT a IN (1, '2')
        SELECT a IN ($1, $2)                ~ SELECT a IN ($1)
        SELECT f(1)                         ~ SELECT f(1, 2)
        INSERT INTO t VALUES (1), (2)       ~ INSERT INTO t VALUES (1), ('2')
        INSERT INTO t VALUES (1), (NULL)    ~ INSERT INTO t VALUES (1), (2)
        SELECT nextval('a')                 ~ SELECT nextval('b')
        SELECT set_config('a', lower('b'), true) ~ SELECT set_config('a', lower('c'), true)
        SET a = 1                           ~ SET a = 2
        COPY t FROM '/a'                    ~ COPY t FROM '/b'
        LIMIT                               ~ SELECT 1 LIMIT ALL
        SELECT 1                            ~ SELECT \u0001
        """)
    void tellsApart(String one, String other) {
        assertThat(shapeOf(one)).isNotEqualTo(shapeOf(other));
    }

    @Test
    void liftsLiteralsInTheirOrder() {
        assertThat(slots("UPDATE t SET a = 'x', b = -1.5 WHERE c IN (3, -4) AND d = $1 LIMIT 0x1F"))
                .containsExactly("'x'", "1.5", "3", "-4", "0x1F");
    }

    @Test
    void groupsListsAndRows() {
        Tokens tokens =
                read("INSERT INTO t (a) VALUES (1, 'x'), (-2, 'y') ON CONFLICT DO UPDATE SET b = 1 WHERE c IN (7)");

        assertThat(shape.groupCount()).isEqualTo(2);
        assertThat(shape.groupSize(0)).isEqualTo(2);
        assertThat(tokens.written(shape.groupFirstToken(0), shape.groupTokensEnd(0)))
                .isEqualTo("(1, 'x'), (-2, 'y')");
        assertThat(shape.memberCount()).isEqualTo(3);
        assertThat(shape.memberGroup(1)).isZero();
        assertThat(tokens.written(shape.memberFirstToken(1), shape.memberTokensEnd(1)))
                .isEqualTo("(-2, 'y')");
        assertThat(shape.memberFirstSlot(1)).isEqualTo(2);
        assertThat(shape.isNegative(2)).isTrue();
        assertThat(shape.groupFirstSlot(1)).isEqualTo(5);
        assertThat(tokens.written(shape.memberFirstToken(2), shape.memberTokensEnd(2)))
                .isEqualTo("7");
    }

    @Test
    void keepsRowsThatDifferApart() {
        assertThat(slots("INSERT INTO t VALUES (1, 2), (3, NULL), (4, 5)")).containsExactly("1", "2", "3", "4", "5");
        assertThat(shape.groupCount()).isZero();
        assertThat(shape.memberCount()).isZero();
    }

    @Test
    void readsTheStatementThatIsAskedFor() {
        byte[] text = "SELECT 1; SELECT 'a' /* pgbraid: key=1 */; SELECT 2".getBytes(StandardCharsets.UTF_8);
        Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);
        shape.read(tokens, 1);

        assertThat(tokens.written(shape.slotToken(0))).isEqualTo("'a'");
        assertThat(shape.hints().count()).isEqualTo(1);
        shape.read(tokens, 2);
        assertThat(shape.hints().count()).isZero();
    }

    @Test
    void readsHintsAroundTheStatement() {
        read("/* app pgbraid: shard=a, key='x y''z' */ SELECT /* pgbraid: shard=b */ 1 -- pgbraid: other=c d");

        assertThat(shape.hints().count()).isEqualTo(3);
        assertThat(shape.hints().name(0)).isEqualTo("shard");
        assertThat(shape.hints().value(0)).isEqualTo("a");
        assertThat(shape.hints().name(1)).isEqualTo("key");
        assertThat(shape.hints().value(1)).isEqualTo("x y'z");
        assertThat(shape.hints().name(2)).isEqualTo("other");
        assertThat(shape.hints().value(2)).isEqualTo("c");
    }

    @Test
    void readsKeysOfSeveralColumns() {
        read("/* pgbraid: key=(1,abc), shard=a */ SELECT 1 /* pgbraid: key=(1, \"a), (b\") */ -- pgbraid: key=(1,");

        assertThat(shape.hints().count()).isEqualTo(3);
        assertThat(shape.hints().value(0)).isEqualTo("(1,abc)");
        assertThat(shape.hints().value(1)).isEqualTo("a");
        assertThat(shape.hints().value(2)).isEqualTo("(1, \"a), (b\")");
    }

    @Test
    void readsHintsBehindTheLastStatement() {
        read("SELECT 1; -- pgbraid: shard=a");

        assertThat(shape.hints().count()).isEqualTo(1);
        assertThat(shape.hints().value(0)).isEqualTo("a");
    }

    @Test
    void readsTheHintsOfOtherProxies() {
        read("/* pgdog_shard: 3, pgdog_sharding_key: \"x \"\"y\" */ SELECT 1 -- pgdog_sharding_key:'a''b'");

        assertThat(shape.hints().count()).isEqualTo(3);
        assertThat(shape.hints().name(0)).isEqualTo("pgdog_shard");
        assertThat(shape.hints().value(0)).isEqualTo("3");
        assertThat(shape.hints().name(1)).isEqualTo("pgdog_sharding_key");
        assertThat(shape.hints().value(1)).isEqualTo("x \"y");
        assertThat(shape.hints().value(2)).isEqualTo("a'b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        /* pgbraid: */ SELECT 1
        /* pgbraid: key */ SELECT 1
        /* pgbraid: key= */ SELECT 1
        /* pgbraid: key='a */ SELECT 1
        /* pgbraid */ SELECT 1
        /* pgdog_shard */ SELECT 1
        /* pgdog_shard: */ SELECT 1
        /* pgdog_sharding_key: 'a */ SELECT 1
        SELECT '/* pgbraid: key=1 */'
        SELECT /* pgbraid: key=1 */ 1
        """)
    void readsNoHintElsewhere(String sql) {
        read(sql);

        assertThat(shape.hints().count()).isZero();
    }

    @Test
    void hintsCountByTheirNames() {
        String without = shapeOf("SELECT 1");
        String shard = shapeOf("/* pgbraid: shard=a */ SELECT 1");

        assertThat(shard).isNotEqualTo(without).isEqualTo(shapeOf("SELECT 1 /* pgbraid: shard=b */"));
        assertThat(shapeOf("/* pgbraid: key=a */ SELECT 1")).isNotEqualTo(shard);
    }

    @Test
    void fingerprintsFollowTheShape() {
        read("SELECT 1");
        String one = shape.fingerprint();
        read("SELECT 2");
        assertThat(shape.fingerprint()).isEqualTo(one).hasSize(32);
        read("SELECT '2'");
        assertThat(shape.fingerprint()).isNotEqualTo(one);
    }

    @Test
    void hostileTextsAreReadInTime() {
        read("VALUES (".repeat(20_000) + "1" + "), (a))".repeat(20_000));
        byte[] text = "/**/a;".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            shape.read(tokens, statement);
        }

        assertThat(tokens.statementCount()).isEqualTo(100_000);
    }

    @Test
    void deepTextsAndHugeListsAreRead() {
        read("SELECT " + "(".repeat(2000) + "1" + ")".repeat(2000));
        assertThat(shape.slotCount()).isZero();

        read("SELECT a IN (1" + ", 2".repeat(100_000) + ")");
        assertThat(shape.groupSize(0)).isEqualTo(100_001);
    }
}
