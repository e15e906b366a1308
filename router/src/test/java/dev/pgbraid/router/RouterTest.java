package dev.pgbraid.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.parse.ParserPool;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final List<ShardId> SHARDS = List.of(new ShardId(0, "a"), new ShardId(1, "b"));
    private static final Perspective PLAIN = perspective("", "");

    private final Router router = new Router(
            new Snapshot(Catalog.builder().build(), Topology.undeclared(SHARDS)),
            new ParserPool(1, 10, Duration.ofSeconds(30)),
            Runnable::run);

    private static Perspective perspective(String shard, String key) {
        return new Perspective(TextRules.DEFAULT, "alice", "public", Set.of(), setting(shard), setting(key));
    }

    private static Optional<String> setting(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private Routes routes(String sql, Perspective perspective) {
        byte[] text = ("  " + sql + "'").getBytes(StandardCharsets.UTF_8);
        Routes found = router.find(text, 2, text.length - 1, perspective);
        return found == null
                ? router.read(text, 2, text.length - 1, perspective).join()
                : found;
    }

    private String plan(String sql, Perspective perspective) {
        return shown(routes(sql, perspective).route(0).plan(Parameters.NONE));
    }

    private static String shown(Plan plan) {
        return Shop.shown(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SELECT 1                                ~ a
        /* pgbraid: shard=a */ SELECT 1         ~ a
        /* pgbraid: shard=b */ SELECT 1         ~ b
        SELECT 1 /* pgbraid: shard='b' */       ~ b
        SELECT 1 -- pgbraid: shard=b            ~ b
        /* pgdog_shard: 0 */ SELECT 1           ~ a
        /* pgdog_shard: 1 */ SELECT 1           ~ b
        /* x pgdog_shard: "1" */ SELECT 1       ~ b
        SELECT /* pgbraid: shard=b */ 1         ~ a
        SELECT '/* pgbraid: shard=b */'         ~ a
        /* pgbraid: shard=c */ SELECT 1         ~ 22023 there is no shard "c"
        /* pgdog_shard: 2 */ SELECT 1           ~ 22023 there is no shard "2"
        /* pgbraid: shad=b */ SELECT 1          ~ 22023 cannot tell where the statement is to run: there is no hint "shad"
        /* pgbraid: shard=a, shard=b */ SELECT 1 ~ 22023 cannot tell where the statement is to run: its hints contradict each other
        /* pgbraid: shard=b, shard=b */ SELECT 1 ~ b
        /* pgbraid: shard=b */ BEGIN            ~ any
        BEGIN                                   ~ any
        COMMIT                                  ~ any
        SET a.b = 1                             ~ any
        SHOW x                                  ~ any
        DISCARD ALL                             ~ any
        FETCH c                                 ~ any
        EXECUTE p(1)                            ~ any
        LISTEN c                                ~ a
        NOTIFY c                                ~ a
        UNLISTEN *                              ~ a
        /* pgbraid: shard=b */ NOTIFY c         ~ a
        DO 'x'                                  ~ a
        /* pgbraid: shard=b */ DO 'x'           ~ b
        CREATE TEMP TABLE t (a int)             ~ a
        SELECT 'unfinished                      ~ a
        /* pgbraid: shard=b */ SELECT 'unfinished ~ a
        """)
    void statementsRun(String sql, String where) {
        assertThat(plan(sql, PLAIN)).isEqualTo(where);
    }

    @Test
    void settingsHoldForStatementsThatDoNotSayIt() {
        assertThat(plan("SELECT 1", perspective("b", ""))).isEqualTo("b");
        assertThat(plan("/* pgbraid: shard=a */ SELECT 1", perspective("b", "")))
                .isEqualTo("a");
        assertThat(plan("BEGIN", perspective("b", ""))).isEqualTo("any");
        assertThat(plan("SELECT 1", perspective("c", ""))).isEqualTo("22023 there is no shard \"c\"");
        assertThat(plan("SELECT 1", perspective("a", "1")))
                .startsWith("22023 cannot tell where the statement is to run: the settings");
    }

    @Test
    void unknownShardsAreAnsweredWithTheKnownOnes() {
        Plan plan = routes("SELECT 1", perspective("c", "")).route(0).plan(Parameters.NONE);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Refused.class,
                        refused -> assertThat(refused.hint()).isEqualTo("The shards are: a, b."));
    }

    @Test
    void textsAreCutIntoStatements() {
        Routes routes = routes("SELECT 1 ; /* pgbraid: shard=b */ SELECT 2;; BEGIN -- end", PLAIN);

        assertThat(routes.statements()).extracting(RoutedStatement::start).containsExactly(0, 10, 44);
        assertThat(routes.statements())
                .extracting(statement -> shown(statement.route().plan(Parameters.NONE)))
                .containsExactly("a", "b", "any");
        assertThat(routes(" /* nothing */ ; ", PLAIN).count()).isZero();
    }

    @Test
    void shapesAreListedByTheTimeThatTheyTook() {
        use("SELECT 'secret'", 20);
        use("SELECT  'other' -- why", 10);
        use("CREATE ROLE r PASSWORD 'secret'", 50);
        routes("SELECT 1", PLAIN);

        assertThat(router.hottest(10))
                .extracting(ShapeUse.Report::text, ShapeUse.Report::calls, ShapeUse.Report::nanos)
                .containsExactly(tuple("CREATE ROLE r PASSWORD ?", 1L, 50L), tuple("SELECT ?", 2L, 30L));
        assertThat(router.hottest(1)).hasSize(1);
        assertThat(router.hottest(10)).extracting(ShapeUse.Report::fingerprint).doesNotHaveDuplicates();
    }

    private void use(String sql, long nanos) {
        ShapeUse use = routes(sql, PLAIN).statements().getFirst().use();
        use.called();
        use.answered(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int)",
                "DROP VIEW v",
                "ALTER TABLE t ADD b int",
                "DO 'x'",
                "CALL p()",
                "SELECT 1 INTO t",
                "WITH a AS (SELECT 1) SELECT * INTO t FROM a",
                "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1"
            })
    void definitionsMayChangeTheCatalog(String sql) {
        assertThat(routes(sql, PLAIN).statements().getFirst().mayChangeCatalog())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "WITH a AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM a",
                "BEGIN",
                "INSERT INTO t VALUES (1)",
                "EXPLAIN CREATE TABLE t AS SELECT 1"
            })
    void otherStatementsDoNotChangeTheCatalog(String sql) {
        assertThat(routes(sql, PLAIN).statements().getFirst().mayChangeCatalog())
                .isFalse();
    }
}
