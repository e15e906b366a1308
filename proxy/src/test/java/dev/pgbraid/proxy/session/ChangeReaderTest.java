package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.lexer.TextRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {
    private final ChangeReader reader = new ChangeReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1; INSERT INTO t VALUES ('SET a = b')",
                "BEGIN; SET LOCAL work_mem = '1MB'; COMMIT",
                "SET TRANSACTION READ ONLY",
                "SELECT set_config('a.b', $1, true)",
                "SELECT \"set_config\" FROM t",
                "SELECT pg_advisory_xact_lock(1)",
                "DECLARE c CURSOR FOR SELECT 1",
                "SELECT 'unterminated; SET a = b"
            })
    void mostTextsChangeNothing(String sql) {
        assertThat(read(sql).isNone()).as(sql).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT login(42)",
                "SELECT app . login(42)",
                "SELECT 1 FROM \"Login\"(42)",
                "INSERT INTO t (id) SELECT login(42)",
                "SELECT count(*) FROM t WHERE id = login()",
                "SELECT \"COUNT\"(*) FROM t",
                "EXECUTE s",
                "DO 'BEGIN END'"
            })
    void codeOfUsersIsHidden(String sql) {
        assertThat(read(sql).hidden()).as(sql).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*), pg_catalog.Max(id), coalesce(a, b) FROM t WHERE (a) IN (1) AND b = ANY (c)",
                "INSERT INTO s.t (a, b) VALUES (now(), DEFAULT) ON CONFLICT (a) DO NOTHING",
                "WITH a (b) AS (SELECT 1), c AS (SELECT 2) SELECT * FROM a AS d (e)",
                "CREATE TABLE IF NOT EXISTS t (id numeric(3), FOREIGN KEY (id) REFERENCES u (id))",
                "COPY t (a) FROM STDIN",
                "SELECT set_config('a.b', 'c', false)"
            })
    void callsOfCommonFunctionsAreNotHidden(String sql) {
        assertThat(read(sql).hidden()).as(sql).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SET work_mem TO 1                               | work_mem
        SELECT 1; set search_path = a, b                | search_path
        SET TIME ZONE INTERVAL '1' HOUR                 | timezone
        SET ROLE x                                      | role
        SELECT pg_catalog.set_config('App.Tenant', $1, false) | app.tenant
        SELECT set_config('a.b', x, is_local) FROM t    | a.b
        EXPLAIN ANALYZE SELECT set_config('a.b', 'c', false) | a.b
        """)
    void aSettingIsKnownByItsName(String sql, String name) {
        assertThat(read(sql).settings()).as(sql).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "RESET work_mem", "SET work_mem TO DEFAULT", "DISCARD ALL", "CALL p()"})
    void someTextsMayChangeEverySetting(String sql) {
        assertThat(read(sql).everySetting()).as(sql).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CREATE TEMP TABLE t (id int)                    | TEMPORARY_OBJECT
        SELECT 1 AS x INTO TEMPORARY t                  | TEMPORARY_OBJECT
        CREATE TABLE pg_temp.t (id int)                 | TEMPORARY_OBJECT
        SELECT pg_try_advisory_lock(1)                  | ADVISORY_LOCK
        DECLARE c CURSOR WITH HOLD FOR SELECT 1         | HELD_CURSOR
        PREPARE p AS SELECT 1                           | PREPARED
        LISTEN c                                        | LISTENING
        LOAD 'auto_explain'                             | LIBRARY
        SELECT setseed(0.5)                             | RANDOM_SEED
        SELECT lastval()                                | SEQUENCE
        SELECT set_config($1, $2, false)                | UNKNOWN_SETTING
        """)
    void someTextsTieTheSessionToItsBackend(String sql, Tie tie) {
        assertThat(read(sql).ties()).as(sql).containsExactly(tie);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE \"P q\" AS SELECT 1",
                "EXECUTE \"P q\"(1)",
                "EXPLAIN ANALYZE EXECUTE \"P q\"",
                "CREATE TABLE t AS EXECUTE \"P q\"(1)",
                "DEALLOCATE PREPARE \"P q\"",
                "SELECT 1; DEALLOCATE \"P q\"; SELECT 2"
            })
    void namesOfPreparedStatementsAreFound(String sql) {
        assertThat(read(sql).statements()).as(sql).containsExactly("P q");
    }

    @Test
    void whatSeveralStatementsChangeIsAddedUp() {
        SessionChanges changes = read("SET a.b = 1; CREATE TEMP TABLE t (id int); DROP TABLE t; SET c.d = 2");
        assertThat(changes.settings()).containsExactly("a.b", "c.d");
        assertThat(changes.ties()).containsExactly(Tie.TEMPORARY_OBJECT);
        assertThat(changes.looses()).isTrue();
    }

    private SessionChanges read(String sql) {
        ByteBuf in = Unpooled.copiedBuffer("xx" + sql, StandardCharsets.UTF_8);
        try {
            return reader.read(in, 2, in.readableBytes() - 2, TextRules.DEFAULT);
        } finally {
            in.release();
        }
    }
}
