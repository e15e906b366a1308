package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FunctionCall;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a session has outlives its transactions, and is nobody else's, although two sessions share one backend.
class StateIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    private final Endpoint database = CLUSTER.freshDatabase();
    private final ProxyFixture proxy = ProxyFixture.before(database)
            .set("listen.threads", 1)
            .set("pools.size-max", 1)
            .start();

    @BeforeAll
    static void makeRole() {
        CLUSTER.execute("DROP ROLE IF EXISTS actor");
        CLUSTER.execute("CREATE ROLE actor");
        CLUSTER.execute("GRANT actor TO " + CLUSTER.freshDatabase().user());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PERFORM set_config('app.tenant', 'mine', false)  | SELECT coalesce(current_setting('app.tenant', true), '') = '' | t
        SET work_mem = '9MB'                             | SHOW work_mem                  | 4MB
        SET ROLE actor                                   | SELECT current_user            | tester
        CREATE TEMPORARY TABLE t ()                      | SELECT to_regclass('pg_temp.t') IS NULL | t
        PERFORM pg_advisory_lock(4711) | SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND objid = 4711 | 0
        """)
    void whatAFunctionDoesIsNobodyElses(String does, String look, String seen) {
        WireClient mine = proxy.login();
        mine.column("CREATE FUNCTION does() RETURNS int LANGUAGE plpgsql AS $$ BEGIN " + does + "; RETURN 1; END $$");
        List<String> backend = mine.column("SELECT pg_backend_pid()");
        mine.column("SELECT does()");
        WireClient other = proxy.login();
        assertThat(other.value(look)).isEqualTo(seen);
        assertThat(other.column("SELECT pg_backend_pid()")).isEqualTo(backend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SET work_mem = '9MB'                                  | SHOW work_mem             | 9MB
        SET search_path = a, "B c"                            | SHOW search_path          | a, "B c"
        BEGIN; SET work_mem = '9MB'; COMMIT                   | SHOW work_mem             | 9MB
        BEGIN; SET work_mem = '9MB'; ROLLBACK                 | SHOW work_mem             | 4MB
        BEGIN; SAVEPOINT s; SET work_mem = '9MB'; ROLLBACK TO s; COMMIT | SHOW work_mem   | 4MB
        BEGIN; SET LOCAL work_mem = '9MB'; COMMIT             | SHOW work_mem             | 4MB
        SET work_mem = '9MB'; RESET work_mem                  | SHOW work_mem             | 4MB
        SET work_mem = '9MB'; DISCARD ALL                     | SHOW work_mem             | 4MB
        SET TIME ZONE INTERVAL '+02:30' HOUR TO MINUTE        | SHOW timezone             | <+02:30>-02:30
        SELECT set_config('app.tenant', 'it''s \\ ö', false)  | SHOW app.tenant           | it's \\ ö
        SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY  | SHOW transaction_read_only | on
        DO $$ BEGIN PERFORM set_config('work_mem', '9MB', false); END $$ | SHOW work_mem  | 9MB
        SET ROLE actor                                        | SELECT current_user       | actor
        """)
    void aSettingStaysWithItsSession(String change, String look, String seen) {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        String before = looked(other, look);
        if (change.equals("SET work_mem = '9MB'; DISCARD ALL")) {
            mine.column("SET work_mem = '9MB'");
            mine.column("DISCARD ALL");
        } else {
            mine.column(change);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(looked(other, look)).isEqualTo(before);
            assertThat(looked(mine, look)).isEqualTo(seen.replace("\\\\", "\\"));
        }
    }

    /// The server lists no setting that it does not know.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DO $$ BEGIN END $$                                             | second
        RESET work_mem                                                 | second
        SET app.tenant = 'third'; DO $$ BEGIN END $$                   | third
        DO $$ BEGIN PERFORM set_config('app.tenant', 'third', false); END $$ | third
        BEGIN; SET app.tenant = 'third'; RESET work_mem; ROLLBACK      | second
        RESET app.tenant                                               | first
        RESET ALL                                                      | first
        DISCARD ALL                                                    | first
        """)
    void aSettingOfTheClientsOwnInventionStaysToo(String change, String seen) {
        WireClient mine = proxy.login(Map.of("app.tenant", "first"));
        WireClient other = proxy.login();
        mine.query("SET app.tenant = 'second'");
        assertThat(Answers.errors(mine.query(change))).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(other.value("SELECT coalesce(current_setting('app.tenant', true), '')"))
                    .isEmpty();
            assertThat(mine.value("SHOW app.tenant")).isEqualTo(seen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared_buffers", "server_version", "log_connections", "fsync", "no_such_setting"})
    void whatCannotBeSetIsNotSetBack(String name) {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        assertThat(Answers.errors(mine.query("SET " + name + " = '1'"))).hasSize(1);
        assertThat(other.value("SELECT 1")).isEqualTo("1");
        assertThat(mine.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void aSettingGoesBackToWhatTheClientConnectedWith() {
        WireClient mine = proxy.login(Map.of("work_mem", "7MB", "application_name", "mine"));
        WireClient other = proxy.login();
        mine.column("SET work_mem = '9MB'");
        assertThat(other.value("SHOW work_mem")).isEqualTo("4MB");
        assertThat(mine.value("SHOW work_mem")).isEqualTo("9MB");
        mine.column("RESET work_mem");
        assertThat(other.value("SHOW work_mem")).isEqualTo("4MB");
        assertThat(mine.value("SHOW work_mem")).isEqualTo("7MB");
        mine.column("DISCARD ALL");
        assertThat(mine.value("SHOW work_mem")).isEqualTo("7MB");
        assertThat(mine.value("SHOW application_name")).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CREATE TEMP TABLE mine (id int)                 | DROP TABLE mine
        CREATE TEMP TABLE mine (id int)                 | DISCARD ALL
        SELECT 1 AS id INTO TEMP mine                   | DISCARD TEMP
        SELECT pg_advisory_lock(7)                      | SELECT pg_advisory_unlock(7)
        DECLARE c CURSOR WITH HOLD FOR SELECT 1         | CLOSE c
        PREPARE p AS SELECT 1                           | DEALLOCATE p
        """)
    void whatOnlyOneBackendHasKeepsItUntilItIsGone(String take, String giveBack) {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        mine.column(take);
        other.send(new Query(ByteString.utf8("SELECT pg_backend_pid()")));
        other.expectSilence();
        mine.column(giveBack);
        assertThat(other.readUntilReady()).hasSize(4);
    }

    @Test
    void whatEndsWithItsTransactionTiesNobody() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        for (String sql : List.of(
                "CREATE TEMP TABLE mine (id int) ON COMMIT DROP",
                "BEGIN; CREATE TEMP TABLE mine (id int); ROLLBACK",
                "BEGIN; LISTEN news; ROLLBACK",
                "SELECT pg_advisory_lock(7), pg_advisory_unlock(7)",
                "DECLARE c CURSOR FOR SELECT 1")) {
            try {
                mine.column("BEGIN");
                mine.column(sql.replace("BEGIN; ", "").replace("; ROLLBACK", ""));
            } finally {
                mine.column(sql.contains("ROLLBACK") ? "ROLLBACK" : "COMMIT");
            }
            assertThat(other.value("SELECT 1")).as(sql).isEqualTo("1");
        }
    }

    @Test
    void aStatementThatSqlExecutesTiesItsSessionUntilItIsGone() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        mine.send(new Parse(ByteString.utf8("p"), ByteString.utf8("SELECT 7"), List.of()), new Sync());
        mine.readUntilReady();
        assertThat(other.value("SELECT 1")).isEqualTo("1");
        assertThat(mine.value("EXECUTE p")).isEqualTo("7");
        other.send(new Query(ByteString.utf8("SELECT 1")));
        other.expectSilence();
        mine.send(new Close(Target.STATEMENT, ByteString.utf8("p")), new Sync());
        mine.readUntilReady();
        assertThat(Answers.column(other.readUntilReady())).containsExactly("1");
    }

    @Test
    void namesOfTheProxyCannotBeUsedBySql() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        other.send(new Parse(ByteString.utf8("p"), ByteString.utf8("SELECT 7"), List.of()), new Sync());
        other.readUntilReady();
        for (String sql : List.of("DEALLOCATE pgbraid_1", "EXECUTE pgbraid_1", "PREPARE pgbraid_2 AS SELECT 1")) {
            assertThat(Answers.errors(mine.query(sql))).containsExactly("42939");
        }
        assertThat(Answers.errors(mine.query("SELECT 1; DEALLOCATE pgbraid_1"))).containsExactly("42939");
        other.send(
                new Bind(ByteString.EMPTY, ByteString.utf8("p"), List.of(), List.of(), List.of()),
                new Execute(ByteString.EMPTY, 0),
                new Sync());
        assertThat(Answers.column(other.readUntilReady())).containsExactly("7");
    }

    @Test
    void aLockThatAFunctionCallTookTiesItsSession() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        int lock = Integer.parseInt(mine.value("SELECT 'pg_advisory_lock(int8)'::regprocedure::oid"));
        mine.send(new FunctionCall(lock, List.of(), List.of(WireValue.text("7")), Format.TEXT));
        mine.readUntilReady();
        other.send(new Query(ByteString.utf8("SELECT 1")));
        other.expectSilence();
        mine.column("SELECT pg_advisory_unlock(7)");
        assertThat(Answers.column(other.readUntilReady())).containsExactly("1");
    }

    @Test
    void whatOthersGotFromSequencesIsNotSeen() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        mine.column("CREATE SEQUENCE numbers");
        mine.column("SELECT nextval('numbers')");
        assertThatThrownBy(() -> other.value("SELECT lastval()"))
                .isInstanceOf(ServerError.class)
                .hasMessageContaining("lastval is not yet defined in this session");
        other.column("SELECT nextval('numbers')");
        assertThat(other.value("SELECT lastval()")).isEqualTo("2");
    }

    /// Not in a transaction either, where it is too late to make the server forget what is not the client's.
    @Test
    void whatOthersGotFromSequencesIsNotSeenInATransaction() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        mine.column("CREATE TABLE item (id serial, name text)");
        mine.column("INSERT INTO item (name) VALUES ('of another')");
        for (String sql : List.of("SELECT lastval()", "SELECT currval('item_id_seq')")) {
            other.query("BEGIN");
            other.query("SELECT 1");
            assertThat(Answers.errors(other.query(sql))).containsExactly("55000");
            other.query("ROLLBACK");
        }
        other.query("BEGIN");
        other.query("INSERT INTO item (name) VALUES ('own')");
        assertThat(other.value("SELECT currval('item_id_seq')")).isEqualTo("2");
        other.query("COMMIT");
        assertThat(other.value("SELECT lastval()")).isEqualTo("2");
    }

    @Test
    void equalTextsOfDifferentMeaningAreDifferentStatements() {
        WireClient mine = proxy.login(Map.of("datestyle", "ISO, DMY"));
        WireClient other = proxy.login(Map.of("datestyle", "ISO, MDY"));
        String sql = "SELECT '01/02/2020'::date";
        assertThat(prepared(mine, "d", sql)).containsExactly("2020-02-01");
        assertThat(prepared(other, "d", sql)).containsExactly("2020-01-02");
        mine.column("SET datestyle = 'ISO, MDY'");
        assertThat(prepared(mine, "e", sql)).containsExactly("2020-01-02");
    }

    /// Its backend has lost it to somebody else, and cannot get it back before the transaction is over.
    @Test
    void inAFailedTransactionNothingIsSaidOfAStatement() {
        WireClient mine = proxy.login();
        WireClient other = proxy.login();
        Describe describe = new Describe(Target.STATEMENT, ByteString.utf8("p"));
        mine.send(new Parse(ByteString.utf8("p"), ByteString.utf8("SELECT $1::int"), List.of()), describe, new Sync());
        mine.readUntilReady();
        other.query("DEALLOCATE ALL");
        mine.query("BEGIN");
        mine.query("SELECT 1/0");
        mine.send(describe, new Sync());
        List<BackendMessage> answer = mine.readUntilReady();
        assertThat(Answers.errors(answer)).containsExactly("25P02");
        assertThat(answer).hasSize(2);
        mine.query("ROLLBACK");
        mine.send(describe, new Sync());
        assertThat(Answers.errors(mine.readUntilReady())).isEmpty();
    }

    private static List<String> prepared(WireClient client, String name, String sql) {
        client.send(
                new Parse(ByteString.utf8(name), ByteString.utf8(sql), List.of()),
                new Bind(ByteString.EMPTY, ByteString.utf8(name), List.of(), List.of(), List.of()),
                new Execute(ByteString.EMPTY, 0),
                new Sync());
        return Answers.column(client.readUntilReady());
    }

    /// A look that fails because there is nothing is a look too.
    private static String looked(WireClient client, String look) {
        try {
            return client.value(look);
        } catch (ServerError nothing) {
            return "";
        }
    }
}
