package dev.pgbraid.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.parse.ParserPool;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopRouterTest {
    private static final Snapshot SHOP = Shop.on("a", "b", "c");
    private static final String DEEP = "(".repeat(120) + "1" + ")".repeat(120);

    private final ParserPool parsers = new ParserPool(1, 10, Duration.ofSeconds(30));
    private final Router router = new Router(SHOP, parsers, Runnable::run);

    @AfterEach
    void close() {
        parsers.close();
    }

    private static Perspective wishing(String shard, String key) {
        Optional<String> none = Optional.empty();
        return new Perspective(
                TextRules.DEFAULT,
                "bob",
                "\"$user\", public",
                Set.of("mine"),
                shard.isEmpty() ? none : Optional.of(shard),
                key.isEmpty() ? none : Optional.of(key));
    }

    private Routes routes(String sql, Perspective perspective) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Routes found = router.find(text, 0, text.length, perspective);
        return found == null ? router.read(text, 0, text.length, perspective).join() : found;
    }

    private Route route(String sql) {
        return routes(sql, Shop.perspective()).route(0);
    }

    private String plan(String sql, Perspective perspective) {
        return Shop.shown(routes(sql, perspective).route(0).plan(Parameters.NONE));
    }

    private String plan(String sql) {
        return plan(sql, Shop.perspective());
    }

    /// The shard of orders with a key.
    private static String shardOf(long key) {
        if (!(SHOP.topology().location(new ObjectName("public", "orders")) instanceof Location.Sharded orders)) {
            throw new AssertionError("orders are not sharded");
        }
        return orders.group()
                .sharding()
                .shardOf(ShardKey.of(new Whole(key)))
                .orElseThrow()
                .name();
    }

    /// Rows that a hint sent to a shard while others leave it would stay behind.
    @Test
    void noHintLetsAStatementUseATableWhoseRowsAreBeingMoved() {
        Topology held = SHOP.topology().with(Map.of(), Optional.of(new ObjectName("public", "orders")));
        router.use(new Snapshot(SHOP.catalog(), held));
        for (String hint : List.of("", "/* pgbraid: shard=b */ ", "/* pgbraid: key=1 */ ")) {
            assertThat(plan(hint + "INSERT INTO orders VALUES (1, 1)")).startsWith("55P03");
        }
        assertThat(plan("/* pgbraid: shard=b */ SELECT 1")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        BEGIN                                                   ~ any
        CREATE TYPE t AS ENUM ('a')                             ~ every abc
        ALTER TABLE notes ADD a int                             ~ a
        /* pgbraid: shard=c */ CREATE TYPE t AS ENUM ('a')      ~ c
        /* pgbraid: shard=c */ DO 'x'                           ~ c
        /* pgdog_shard: 1 */ COPY orders TO STDOUT              ~ b
        /* pgbraid: shard=b */ LISTEN x                         ~ a
        PREPARE p AS SELECT * FROM orders                       ~ 0A000 PREPARE inside of something else
        EXECUTE p (1)                                           ~ 0A000 EXECUTE inside of something else
        EXPLAIN EXECUTE p (1)                                   ~ 0A000 EXECUTE inside of something else
        CREATE TABLE t AS EXECUTE p (1)                         ~ 0A000 EXECUTE inside of something else
        /* pgbraid: shard=b */ EXECUTE p (1)                    ~ b
        DECLARE c CURSOR FOR SELECT * FROM orders               ~ 0A000 DECLARE CURSOR is not supported yet
        DECLARE c CURSOR FOR SELECT * FROM notes                ~ a
        COPY (SELECT * FROM orders) TO STDOUT                   ~ 0A000 COPY is not supported yet
        COPY (SELECT * FROM remarks) TO STDOUT                  ~ a
        CREATE TABLE t AS SELECT * FROM remarks                 ~ a
        CREATE TABLE t AS SELECT * FROM orders                  ~ 0A000 CREATE TABLE is not supported yet when
        CREATE TEMP TABLE t AS SELECT * FROM orders             ~ 0A000 CREATE TEMP TABLE is not supported yet when
        SELECT * INTO t FROM orders                             ~ 0A000 SELECT INTO is not supported yet when
        EXPLAIN SELECT * FROM orders                            ~ 0A000 EXPLAIN is not supported yet
        CREATE VIEW v AS SELECT * FROM orders o JOIN countries c ON true ~ every abc
        CREATE OR REPLACE VIEW v (x) WITH (security_barrier) AS SELECT 1 FROM codes WITH LOCAL CHECK OPTION ~ every abc
        CREATE VIEW v AS SELECT 1                               ~ every abc
        CREATE VIEW v AS SELECT * FROM notes, countries         ~ a
        CREATE VIEW v AS SELECT * FROM own_notes                ~ a
        CREATE VIEW v AS SELECT * FROM tenant.notes             ~ b
        CREATE VIEW v AS SELECT * FROM (SELECT 1 FROM deeper) d WHERE EXISTS (SELECT 1 FROM items) ~ every abc
        CREATE VIEW v AS WITH x AS (SELECT * FROM notes) SELECT * FROM x ~ a
        CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v ~ a
        CREATE TEMP VIEW v AS SELECT * FROM notes               ~ a
        CREATE TEMP VIEW v AS SELECT * FROM orders              ~ 0A000 cannot tell where CREATE TEMP VIEW has to run: it needs relations that are not on the same shards
        CREATE VIEW v AS SELECT * FROM notes, orders            ~ 0A000 cannot tell where CREATE VIEW has to run: it needs relations that are not on the same shards
        CREATE VIEW v AS SELECT FROM FROM                       ~ 0A000 the statement cannot be read
        CREATE TABLE orders AS SELECT 1                         ~ 0A000 CREATE TABLE is not supported yet for a table that several shards hold
        SELECT 1 AS a INTO UNLOGGED countries                   ~ 0A000 SELECT INTO is not supported yet for a table that several shards hold
        """)
    void statementsThatAreNoQueriesRun(String sql, String where) {
        assertThat(plan(sql)).startsWith(where);
    }

    @Test
    void keysAreFoundByTheirHash() {
        for (long key = 0; key < 20; key++) {
            String there = shardOf(key);

            assertThat(plan("/* pgbraid: key=" + key + " */ SELECT * FROM orders ORDER BY random()"))
                    .isEqualTo(there);
            assertThat(plan("SELECT * FROM items, countries -- pgdog_sharding_key: '" + key + "'"))
                    .isEqualTo(there);
            assertThat(plan("SELECT count(*) FROM orders", wishing("", Long.toString(key))))
                    .isEqualTo(there);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        /* pgbraid: key=x */ SELECT * FROM orders       ~ 22P02 invalid input syntax for type bigint: "x"
        /* pgbraid: key=1 */ DO 'x'                     ~ 22023 the key "1" could be of tables that are sharded in different ways
        /* pgbraid: key=1 */ SELECT * FROM orders, events ~ 22023 the key "1" could be of tables that are sharded in different ways
        /* pgbraid: key=1, shard=a */ SELECT * FROM orders ~ 22023 cannot tell where the statement is to run: its hints contradict each other
        /* pgbraid: shard=z */ SELECT * FROM orders     ~ 22023 there is no shard "z"
        """)
    void wishesThatCannotBeFulfilledAreRefused(String sql, String refusal) {
        assertThat(plan(sql)).isEqualTo(refusal);
    }

    @Test
    void wishesOfTheSessionHoldForWhatHasNone() {
        assertThat(plan("SELECT * FROM orders ORDER BY random()", wishing("b", "")))
                .isEqualTo("b");
        assertThat(plan("SELECT * FROM orders ORDER BY random()", wishing("c", "")))
                .isEqualTo("c");
        assertThat(plan("/* pgbraid: shard=a */ SELECT * FROM orders", wishing("c", "")))
                .isEqualTo("a");
        assertThat(plan("BEGIN", wishing("c", ""))).isEqualTo("any");
    }

    @Test
    void rowsAreNotCopiedPastCodeThatMayLookAtOtherShards() {
        assertThat(plan("COPY watched FROM STDIN"))
                .isEqualTo("0A000 \"public.watched\" has trigger t which may be about rows of other shards");
        assertThat(plan("COPY watched TO STDOUT"))
                .isEqualTo("0A000 \"public.watched\" has policy p which may be about rows of other shards");
        assertThat(plan("/* pgbraid: shard=a */ COPY watched FROM STDIN")).isEqualTo("a");
        assertThat(plan("COPY notes FROM STDIN")).isEqualTo("a");
    }

    /// Literals decide about the statement, and are no part of its shape.
    @Test
    void tablesOfQueriesAreNotRememberedByTheirShape() {
        for (long key = 0; key < 8; key++) {
            String where = plan("SELECT * INTO t FROM orders WHERE user_id = " + key);

            assertThat(where.equals("a")).isEqualTo(shardOf(key).equals("a"));
        }
    }

    @Test
    void keysInStatementsContradictWishes() {
        for (long key = 0; key < 8; key++) {
            String there = shardOf(key);
            String query = "SELECT * FROM orders WHERE user_id = " + key;

            assertThat(plan(query)).isEqualTo(there);
            assertThat(plan("/* pgbraid: shard=" + there + " */ " + query)).isEqualTo(there);
            assertThat(plan("/* pgbraid: shard=" + (there.equals("a") ? "b" : "a") + " */ " + query))
                    .startsWith("22023 the statement is about rows on shard \"" + there + "\"");
        }
    }

    /// JSqlParser is not asked about what is nested so deeply.
    @Test
    void whatCannotBeReadRunsAtHomeIfNothingInItIsElsewhere() {
        assertThat(plan("SELECT " + DEEP + " FROM remarks")).isEqualTo("a");
        assertThat(plan("SELECT " + DEEP + " FROM own_notes")).startsWith("0A000 the statement cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "\"orders\"",
                "planned",
                "countries",
                "audit.log",
                "tenant.notes, log",
                "open_orders",
                "deeper",
                "codes",
                "remarks WHERE tidy() > 0",
                "remarks WHERE query_to_xml('x') IS NULL"
            })
    void whatCannotBeReadIsRefusedIfItMayBeElsewhere(String from) {
        assertThat(plan("SELECT " + DEEP + " FROM " + from)).startsWith("0A000 the statement cannot be read: ");
    }

    @Test
    void anotherSnapshotMakesAnotherAnswer() {
        assertThat(plan("DROP TYPE t")).isEqualTo("every abc");

        router.use(Shop.on("b", "x"));

        assertThat(plan("DROP TYPE t")).isEqualTo("every bx");
        assertThat(plan("BEGIN")).isEqualTo("any");
    }

    @Test
    void longTextsAreReadElsewhere() {
        String list = "1, ".repeat(200_000) + "1";

        Routes routes =
                routes("DROP TYPE t; /* pgbraid: shard=c */ SELECT 1 WHERE 1 IN (" + list + ")", Shop.perspective());

        assertThat(routes.statements())
                .extracting(statement -> Shop.shown(statement.route().plan(Parameters.NONE)))
                .containsExactly("every abc", "c");
        assertThat(plan("SELECT '" + "x".repeat(300_000))).isEqualTo("a");
    }

    @Test
    void whatWasReadIsRemembered() {
        byte[] text = "DROP TYPE t; SELECT 1".getBytes(StandardCharsets.UTF_8);

        assertThat(router.find(text, 0, text.length, Shop.perspective())).isNull();
        Routes read = router.read(text, 0, text.length, Shop.perspective()).join();

        assertThat(router.find(text, 0, text.length, Shop.perspective())).isEqualTo(read);
    }

    @Test
    void routesAreExplained() {
        RoutedStatement statement = routes("EXPLAIN (ROUTE) DROP TYPE t", Shop.perspective())
                .statements()
                .getFirst();

        assertThat(statement.explainsRoute()).isTrue();
        assertThat(statement.route().explain(Parameters.NONE).rows())
                .containsExactly(
                        "Route: One shard after another",
                        "  Shards: a, b, c",
                        "  Answers: that of the first",
                        "  Sent to each: the statement as it is");
        assertThat(route("EXPLAIN (ROUTE) SELECT id FROM orders")
                        .explain(Parameters.NONE)
                        .rows())
                .containsExactly(
                        "Route: Scatter",
                        "  Shards: a, b, c",
                        "  Answers: rows one after another, counts added",
                        "  Sent to each: the statement as it is",
                        "  Reason: no condition gives table public.orders a key");
        assertThat(route("EXPLAIN (ROUTE off) DROP TABLE notes")
                        .explain(Parameters.NONE)
                        .rows())
                .containsExactly("Route: Single shard", "  Shards: a");
        assertThat(route("EXPLAIN (ROUTE) LOCK orders").explain(Parameters.NONE).rows())
                .containsExactly(
                        "Route: Refused",
                        "  Reason: ERROR 0A000: LOCK is not supported yet for a table that several shards hold",
                        "  Reason: Lock the rows of a key with SELECT … FOR UPDATE, or name the shard with a comment: "
                                + "/* pgbraid: shard=… */.");
    }
}
