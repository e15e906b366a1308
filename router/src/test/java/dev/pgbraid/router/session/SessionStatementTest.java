package dev.pgbraid.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.SessionStatement.CopyEnd;
import dev.pgbraid.router.session.SessionStatement.Discarded;
import dev.pgbraid.router.session.SessionStatement.Scope;
import dev.pgbraid.router.session.SessionStatement.TemporaryObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStatementTest {
    private static final SessionStatement OTHER = new SessionStatement.Other(Set.of());

    private static SessionStatement read(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        assertThat(tokens.error()).isEmpty();
        return SessionStatement.read(tokens, 0);
    }

    private static SessionStatement set(String name, String value) {
        return new SessionStatement.SetValue(Scope.SESSION, name, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SET a = 1                       ~ a ~ 1
        set session A to -1             ~ a ~ -1
        SET a = +1.50                   ~ a ~ 1.50
        SET a = -0                      ~ a ~ 0
        SET a = 007                     ~ a ~ 7
        SET a = 0x1F                    ~ a ~ 31
        SET a = 99999999999             ~ a ~ 99999999999
        SET a = '64MB'                  ~ a ~ 64MB
        SET a = E'x\\ny'                ~ a ~ `x
        y`
        SET a = ON                      ~ a ~ on
        SET a = Off                     ~ a ~ off
        SET a = true                    ~ a ~ true
        SET a = "MiXed"                 ~ a ~ MiXed
        SET a = MiXed                   ~ a ~ mixed
        SET a.b."C" /* c */ = /* d */ 1 ~ a.b.c ~ 1
        SET DateStyle = ISO, MDY        ~ datestyle ~ iso, mdy
        SET search_path = a, "B", 'c d', public ~ search_path ~ a, "B", "c d", public
        SET search_path TO '$user', user_, "user" ~ search_path ~ "$user", user_, "user"
        SET search_path = ''            ~ search_path ~ ""
        SET SCHEMA 'a,b'                ~ search_path ~ "a,b"
        SET TIME ZONE 'Europe/Berlin'   ~ timezone ~ Europe/Berlin
        SET TIME ZONE utc               ~ timezone ~ utc
        SET TIME ZONE -3.5              ~ timezone ~ -3.5
        SET NAMES 'UTF8'                ~ client_encoding ~ UTF8
        SET ROLE none                   ~ role ~ none
        SET SESSION ROLE "Admin"        ~ role ~ Admin
        SET SESSION AUTHORIZATION joe   ~ session_authorization ~ joe
        SET SESSION SESSION AUTHORIZATION 'joe' ~ session_authorization ~ joe
        SET XML OPTION DOCUMENT         ~ xmloption ~ document
        SET session = 1                 ~ session ~ 1
        SET local TO 1                  ~ local ~ 1
        SET session.a = 1               ~ session.a ~ 1
        SET SESSION local.a = 1         ~ local.a ~ 1
        SET role TO joe                 ~ role ~ joe
        SET names = 'UTF8'              ~ names ~ UTF8
        SET transaction = 1             ~ transaction ~ 1
        SET time = 1                    ~ time ~ 1
        SET SESSION characteristics = 1 ~ characteristics ~ 1
        SET constraints TO x            ~ constraints ~ x
        """)
    void readsSet(String sql, String name, String value) {
        assertThat(read(sql)).isInstanceOfSatisfying(SessionStatement.SetValue.class, set -> {
            assertThat(set.scope()).isEqualTo(Scope.SESSION);
            assertThat(set.name()).isEqualTo(name);
            assertThat(set.value()).isEqualTo(value);
        });
    }

    @Test
    void readsTheOtherKindsOfSet() {
        assertThat(read("SET LOCAL a = b")).isEqualTo(new SessionStatement.SetValue(Scope.LOCAL, "a", "b"));
        assertThat(read("SET LOCAL SESSION AUTHORIZATION DEFAULT"))
                .isEqualTo(new SessionStatement.SetDefault(Scope.LOCAL, "session_authorization"));
        assertThat(read("SET a TO DEFAULT")).isEqualTo(new SessionStatement.SetDefault(Scope.SESSION, "a"));
        assertThat(read("SET a TO \"default\"")).isEqualTo(set("a", "default"));
        assertThat(read("SET TIME ZONE LOCAL")).isEqualTo(new SessionStatement.SetDefault(Scope.SESSION, "timezone"));
        assertThat(read("SET NAMES")).isEqualTo(new SessionStatement.SetDefault(Scope.SESSION, "client_encoding"));
        assertThat(read("SET a FROM CURRENT")).isEqualTo(new SessionStatement.SetFromCurrent(Scope.SESSION, "a"));
        assertThat(read("SET LOCAL TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE"))
                .isEqualTo(new SessionStatement.SetTimeZoneInterval(Scope.LOCAL, "INTERVAL '-08:00' HOUR TO MINUTE"));
        assertThat(read("SET CONSTRAINTS ALL DEFERRED")).isEqualTo(new SessionStatement.SetConstraints());
        assertThat(read("SET TRANSACTION SNAPSHOT '1-2-3'"))
                .isEqualTo(new SessionStatement.SetTransactionSnapshot("1-2-3"));
        assertThat(read("SET LOCAL TRANSACTION READ ONLY"))
                .isEqualTo(new SessionStatement.SetTransaction(List.of(TransactionMode.READ_ONLY)));
        assertThat(read("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE"))
                .isEqualTo(new SessionStatement.SetSessionCharacteristics(
                        List.of(TransactionMode.READ_COMMITTED, TransactionMode.NOT_DEFERRABLE)));
    }

    @Test
    void readsResetShowAndDiscard() {
        assertThat(read("RESET ALL")).isEqualTo(new SessionStatement.ResetAll());
        assertThat(read("RESET \"all\"")).isEqualTo(new SessionStatement.Reset("all"));
        assertThat(read("RESET Role")).isEqualTo(new SessionStatement.Reset("role"));
        assertThat(read("RESET TIME ZONE")).isEqualTo(new SessionStatement.Reset("timezone"));
        assertThat(read("RESET SESSION AUTHORIZATION")).isEqualTo(new SessionStatement.Reset("session_authorization"));
        assertThat(read("SHOW TRANSACTION ISOLATION LEVEL"))
                .isEqualTo(new SessionStatement.Show("transaction_isolation"));
        assertThat(read("SHOW pgbraid.shard")).isEqualTo(new SessionStatement.Show("pgbraid.shard"));
        assertThat(read("SHOW ALL")).isEqualTo(new SessionStatement.ShowAll());
        assertThat(read("DISCARD TEMP")).isEqualTo(new SessionStatement.Discard(Discarded.TEMPORARY));
        assertThat(read("discard /* x */ all")).isEqualTo(new SessionStatement.Discard(Discarded.ALL));
    }

    @Test
    void readsTransactions() {
        assertThat(read("BEGIN")).isEqualTo(new SessionStatement.Begin("BEGIN", List.of()));
        assertThat(read("BEGIN WORK ISOLATION LEVEL SERIALIZABLE READ ONLY, DEFERRABLE"))
                .isEqualTo(new SessionStatement.Begin(
                        "BEGIN",
                        List.of(TransactionMode.SERIALIZABLE, TransactionMode.READ_ONLY, TransactionMode.DEFERRABLE)));
        assertThat(read("START TRANSACTION READ WRITE"))
                .isEqualTo(new SessionStatement.Begin("START TRANSACTION", List.of(TransactionMode.READ_WRITE)));
        assertThat(read("end transaction")).isEqualTo(new SessionStatement.Commit(false));
        assertThat(read("COMMIT AND CHAIN")).isEqualTo(new SessionStatement.Commit(true));
        assertThat(read("ABORT WORK AND NO CHAIN")).isEqualTo(new SessionStatement.Rollback(false));
        assertThat(read("ROLLBACK TRANSACTION TO SAVEPOINT a"))
                .isEqualTo(new SessionStatement.RollbackToSavepoint("a"));
        assertThat(read("ROLLBACK TO savepoint")).isEqualTo(new SessionStatement.RollbackToSavepoint("savepoint"));
        assertThat(read("SAVEPOINT \"A\"")).isEqualTo(new SessionStatement.Savepoint("A"));
        assertThat(read("RELEASE savepoint")).isEqualTo(new SessionStatement.ReleaseSavepoint("savepoint"));
        assertThat(read("RELEASE savepoint savepoint")).isEqualTo(new SessionStatement.ReleaseSavepoint("savepoint"));
        assertThat(read("PREPARE TRANSACTION 'x'")).isEqualTo(new SessionStatement.PrepareTransaction("x"));
        assertThat(read("COMMIT PREPARED 'x'")).isEqualTo(new SessionStatement.CommitPrepared("x"));
        assertThat(read("ROLLBACK PREPARED 'x'")).isEqualTo(new SessionStatement.RollbackPrepared("x"));
    }

    @Test
    void readsPreparedStatementsAndCursors() {
        assertThat(read("PREPARE p (int, numeric(1,2)) AS SELECT 1"))
                .isEqualTo(new SessionStatement.Prepare("p", List.of("int", "numeric(1,2)"), 13));
        assertThat(read("PREPARE transaction AS SELECT 1"))
                .isEqualTo(new SessionStatement.Prepare("transaction", List.of(), 3));
        assertThat(read("EXECUTE \"P\" ('a, b', f(1, 2))"))
                .isEqualTo(new SessionStatement.Execute("P", List.of("'a, b'", "f(1, 2)")));
        assertThat(read("EXECUTE p")).isEqualTo(new SessionStatement.Execute("p", List.of()));
        assertThat(read("DEALLOCATE PREPARE p")).isEqualTo(new SessionStatement.Deallocate("p"));
        assertThat(read("DEALLOCATE prepare")).isEqualTo(new SessionStatement.Deallocate("prepare"));
        assertThat(read("DEALLOCATE PREPARE ALL")).isEqualTo(new SessionStatement.DeallocateAll());
        assertThat(read("DECLARE c NO SCROLL BINARY CURSOR WITH HOLD FOR SELECT 1"))
                .isEqualTo(new SessionStatement.DeclareCursor("c", true, 9));
        assertThat(read("DECLARE c CURSOR WITHOUT HOLD FOR SELECT 1"))
                .isEqualTo(new SessionStatement.DeclareCursor("c", false, 6));
        assertThat(read("FETCH c")).isEqualTo(new SessionStatement.Fetch("c", false));
        assertThat(read("FETCH FORWARD ALL IN c")).isEqualTo(new SessionStatement.Fetch("c", false));
        assertThat(read("MOVE ABSOLUTE -5 FROM \"C\"")).isEqualTo(new SessionStatement.Fetch("C", true));
        assertThat(read("FETCH next")).isEqualTo(new SessionStatement.Fetch("next", false));
        assertThat(read("CLOSE ALL")).isEqualTo(new SessionStatement.CloseAllCursors());
        assertThat(read("CLOSE c")).isEqualTo(new SessionStatement.CloseCursor("c"));
    }

    @Test
    void readsCommands() {
        assertThat(read("LISTEN Channel")).isEqualTo(new SessionStatement.Listen("channel"));
        assertThat(read("UNLISTEN *")).isEqualTo(new SessionStatement.UnlistenAll());
        assertThat(read("UNLISTEN a")).isEqualTo(new SessionStatement.Unlisten("a"));
        assertThat(read("NOTIFY a")).isEqualTo(new SessionStatement.Notify("a", ""));
        assertThat(read("NOTIFY a, 'b'")).isEqualTo(new SessionStatement.Notify("a", "b"));
        assertThat(read("LOAD 'auto_explain'")).isEqualTo(new SessionStatement.Load("auto_explain"));
        assertThat(read("LOCK TABLE ONLY a.b, c * IN SHARE MODE NOWAIT"))
                .isEqualTo(new SessionStatement.Lock(List.of(List.of("a", "b"), List.of("c"))));
        assertThat(read("DO LANGUAGE plpgsql $$BEGIN END$$")).isEqualTo(new SessionStatement.Do());
        assertThat(read("CALL a.b(1)")).isEqualTo(new SessionStatement.Call(List.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        CREATE TEMP TABLE a (b int)                        ~ TABLE    ~ a         ~ false
        CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS a()     ~ TABLE    ~ a         ~ false
        create global temp table a as select 1             ~ TABLE    ~ a         ~ false
        CREATE TEMP TABLE a (b int) ON COMMIT DROP         ~ TABLE    ~ a         ~ true
        CREATE TABLE pg_temp.a (b int)                     ~ TABLE    ~ pg_temp.a ~ false
        CREATE TABLE pg_temp_12.a (b int)                  ~ TABLE    ~ pg_temp_12.a ~ false
        CREATE OR REPLACE TEMP VIEW a AS SELECT 1          ~ VIEW     ~ a         ~ false
        CREATE TEMP RECURSIVE VIEW a (n) AS VALUES (1)     ~ VIEW     ~ a         ~ false
        CREATE TEMPORARY SEQUENCE IF NOT EXISTS a          ~ SEQUENCE ~ a         ~ false
        CREATE FUNCTION pg_temp.a() RETURNS int AS 'x'     ~ OTHER    ~ pg_temp.a ~ false
        CREATE OR REPLACE FUNCTION pg_temp.a() AS 'x'      ~ OTHER    ~ pg_temp.a ~ false
        CREATE TYPE pg_temp.a AS (b int)                   ~ OTHER    ~ pg_temp.a ~ false
        SELECT 1 AS x INTO TEMP a FROM t                   ~ TABLE    ~ a         ~ false
        SELECT 1 INTO LOCAL TEMPORARY TABLE a              ~ TABLE    ~ a         ~ false
        (SELECT 1 INTO TEMP a)                             ~ TABLE    ~ a         ~ false
        WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * INTO TEMP a FROM x ~ TABLE ~ a ~ false
        SELECT 1 INTO pg_temp.a                            ~ TABLE    ~ pg_temp.a ~ false
        """)
    void readsWhatMakesTemporaryObjects(String sql, TemporaryObject object, String name, boolean droppedAtCommit) {
        assertThat(read(sql))
                .isEqualTo(
                        new SessionStatement.CreateTemporary(object, List.of(name.split("\\.", -1)), droppedAtCommit));
    }

    @Test
    void readsDropTableAndCopy() {
        assertThat(read("DROP TABLE IF EXISTS a, b.\"C\" CASCADE"))
                .isEqualTo(new SessionStatement.DropTable(List.of(List.of("a"), List.of("b", "C"))));
        assertThat(read("COPY a.b (c, \"D\") FROM STDIN WITH (FORMAT csv)"))
                .isEqualTo(new SessionStatement.Copy(true, CopyEnd.CLIENT, List.of("a", "b"), List.of("c", "D")));
        assertThat(read("COPY a FROM stdout"))
                .isEqualTo(new SessionStatement.Copy(true, CopyEnd.CLIENT, List.of("a"), List.of()));
        assertThat(read("COPY (SELECT 1, 2) TO STDOUT"))
                .isEqualTo(new SessionStatement.Copy(false, CopyEnd.CLIENT, List.of(), List.of()));
        assertThat(read("COPY BINARY a TO '/x'"))
                .isEqualTo(new SessionStatement.Copy(false, CopyEnd.SERVER_FILE, List.of("a"), List.of()));
        assertThat(read("COPY a FROM PROGRAM 'x'"))
                .isEqualTo(new SessionStatement.Copy(true, CopyEnd.SERVER_PROGRAM, List.of("a"), List.of()));
        assertThat(read("COPY (SELECT 1) FROM STDIN")).isEqualTo(OTHER);
    }

    @Test
    void readsWhatExplainExplains() {
        SessionStatement.Explain plain = (SessionStatement.Explain) read("EXPLAIN (SELECT 1)");
        assertThat(plain.options()).isEmpty();
        assertThat(plain.statementToken()).isEqualTo(1);
        assertThat(plain.analyzes()).isFalse();

        SessionStatement.Explain old = (SessionStatement.Explain) read("EXPLAIN ANALYZE VERBOSE EXECUTE p");
        assertThat(old.analyzes()).isTrue();
        assertThat(old.isOn("verbose")).isTrue();
        assertThat(old.statement()).isEqualTo(new SessionStatement.Execute("p", List.of()));

        SessionStatement.Explain options =
                (SessionStatement.Explain) read("EXPLAIN (Analyze, COSTS off, analyze 0, ROUTE true) SELECT 1");
        assertThat(options.analyzes()).isFalse();
        assertThat(options.isOn("costs")).isFalse();
        assertThat(options.isOn("route")).isTrue();
        assertThat(options.isOn("timing")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        SELECT set_config('a', 'b', true)                  ~ SETTING
        SELECT Pg_Catalog.PG_ADVISORY_LOCK /* x */ (1)     ~ SESSION_LOCK
        SELECT "pg_try_advisory_lock_shared"(1)            ~ SESSION_LOCK
        SELECT pg_advisory_unlock_all()                    ~ SESSION_UNLOCK
        SELECT pg_advisory_xact_lock(1)                    ~ TRANSACTION_LOCK
        INSERT INTO t VALUES (nextval('s'))                ~ SEQUENCE_ADVANCE
        SELECT lastval()                                   ~ SEQUENCE_READ
        SELECT setseed(0.5)                                ~ RANDOM_SEED
        SELECT pg_export_snapshot()                        ~ SNAPSHOT_EXPORT
        SELECT * FROM public.dblink_connect('x')           ~ DBLINK
        UPDATE t SET a = lo_open(1, 2)                     ~ LARGE_OBJECT
        SELECT pg_notify('a', 'b')                         ~ NOTIFICATION
        CREATE TABLE a AS SELECT pg_backup_start('x')      ~ BACKUP
        """)
    void tellsWhatFunctionsDo(String sql, SessionEffect effect) {
        assertThat(read(sql)).isEqualTo(new SessionStatement.Other(Set.of(effect)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT nextval",
                "SELECT \"NEXTVAL\"('s')",
                "SELECT 'set_config(1)'",
                "\"SET\" a = 1",
                "INSERT INTO temp VALUES (1)",
                "MERGE INTO temp t USING x ON true WHEN MATCHED THEN DELETE",
                "SELECT 1 INTO temp FROM x",
                "SELECT 1 INTO a",
                "CREATE TABLE temp (a int)",
                "CREATE TABLE a.pg_temp (a int)",
                "CREATE UNLOGGED TABLE a (b int)",
                "CREATE INDEX ON pg_class (oid)",
                "DROP VIEW a",
                "SET",
                "SET a",
                "SET a =",
                "SET a = 1,",
                "SET a = 1 2",
                "SET a = select",
                "SET select = 1",
                "SET a = -'1'",
                "SET TIME ZONE on",
                "SET XML OPTION x",
                "SET TRANSACTION",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY,",
                "RESET",
                "SHOW a b",
                "DISCARD",
                "DISCARD x",
                "BEGIN READ",
                "BEGIN ISOLATION LEVEL SNAPSHOT",
                "START",
                "COMMIT AND",
                "SAVEPOINT",
                "SAVEPOINT 'a'",
                "SAVEPOINT left",
                "ROLLBACK TO",
                "PREPARE p",
                "PREPARE p AS",
                "EXECUTE p(",
                "DECLARE c FOR SELECT 1",
                "FETCH 1 x c",
                "CLOSE",
                "LISTEN 'a'",
                "NOTIFY a, b",
                "LOAD a",
                "DO",
                "EXPLAIN",
                "EXPLAIN (ANALYZE)",
                "COPY a FROM stdinx",
                "DROP TABLE",
            })
    void knowsNothingElse(String sql) {
        assertThat(read(sql)).isEqualTo(OTHER);
    }

    @Test
    void readsTheStatementThatIsAskedFor() {
        byte[] text = "SELECT 1; SET a = 1; COMMIT".getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);

        assertThat(SessionStatement.read(tokens, 1)).isEqualTo(set("a", "1"));
        assertThat(SessionStatement.read(tokens, 2)).isEqualTo(new SessionStatement.Commit(false));
    }
}
