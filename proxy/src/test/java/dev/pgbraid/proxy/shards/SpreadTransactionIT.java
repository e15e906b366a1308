package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A transaction that several shards have parts of, beside the same on one server that has all rows.
class SpreadTransactionIT {
    private static final int USERS = 20;

    enum Protocol {
        SIMPLE,
        EXTENDED
    }

    private final Braid braid = Braid.ofFour().sharded("users", "id").reference("countries");
    private final WireClient direct = WireClient.login(PostgresCluster.shared().freshDatabase());
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
        same("CREATE TABLE users (id bigint PRIMARY KEY, name text, UNIQUE (id, name))");
        same("CREATE TABLE ranks (least int, name text)");
        same("INSERT INTO ranks VALUES (0, 'new'), (10, 'old')");
        for (int id = 1; id <= USERS; id++) {
            same("INSERT INTO users VALUES (" + id + ", 'user " + id + "')");
        }
    }

    @AfterEach
    void stop() {
        direct.close();
        proxy.close();
    }

    private void same(String... statements) {
        same(Protocol.SIMPLE, statements);
    }

    /// Both answer alike.
    private void same(Protocol protocol, String... statements) {
        for (String statement : statements) {
            assertThat(says(client, protocol, statement)).as(statement).isEqualTo(says(direct, protocol, statement));
        }
    }

    private static String says(WireClient to, Protocol protocol, String statement) {
        if (protocol == Protocol.SIMPLE) {
            return Answers.text(to.query(statement));
        }
        to.send(extended(statement));
        return Answers.text(to.readUntilReady());
    }

    private static FrontendMessage[] extended(String... statements) {
        List<FrontendMessage> messages = new ArrayList<>();
        for (String statement : statements) {
            messages.add(new Parse(ByteString.EMPTY, ByteString.utf8(statement), List.of()));
            messages.addAll(portal("", "", 0));
        }
        messages.add(new Sync());
        return messages.toArray(FrontendMessage[]::new);
    }

    private static List<FrontendMessage> portal(String name, String statement, int rowsMax) {
        ByteString portal = ByteString.utf8(name);
        return List.of(
                new Bind(portal, ByteString.utf8(statement), List.of(), List.of(), List.of()),
                new Describe(Target.PORTAL, portal),
                new Execute(portal, rowsMax));
    }

    /// The same messages have the same answer.
    private void sameAnswer(FrontendMessage... messages) {
        client.send(messages);
        direct.send(messages);
        assertThat(Answers.text(client.readUntilReady())).isEqualTo(Answers.text(direct.readUntilReady()));
    }

    @ParameterizedTest
    @EnumSource
    void seesItsOwnWritesOnAllShards(Protocol protocol) {
        same(
                protocol,
                "BEGIN",
                "INSERT INTO users VALUES (100, 'mine')",
                "SELECT name FROM users WHERE id = 1",
                "SELECT name FROM users WHERE id = 2",
                "SELECT name FROM users WHERE id = 100",
                "SELECT count(*) FROM users",
                "SELECT id, name FROM users ORDER BY id DESC LIMIT 3",
                "SELECT r.name, count(*) FROM users JOIN ranks r ON least < id GROUP BY r.name ORDER BY 1",
                "UPDATE users SET name = 'still mine' WHERE id = 100",
                "SELECT max(name) FROM users WHERE name LIKE '%mine'",
                "COMMIT",
                "SELECT name FROM users WHERE id = 100",
                "SELECT count(*) FROM users");
    }

    @ParameterizedTest
    @EnumSource
    void rollsBackAll(Protocol protocol) {
        same(
                protocol,
                "BEGIN",
                "SELECT count(*) FROM users",
                "DELETE FROM users WHERE id = 1",
                "SELECT count(*) FROM users",
                "ROLLBACK",
                "SELECT count(*) FROM users");
    }

    @ParameterizedTest
    @EnumSource
    void savepointsAreOfAllShards(Protocol protocol) {
        same(
                protocol,
                "BEGIN",
                "INSERT INTO users VALUES (100, 'a')",
                "SAVEPOINT one",
                "SELECT count(*) FROM users",
                "INSERT INTO users VALUES (100, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                "SAVEPOINT two",
                "SELECT name FROM users WHERE id = 100",
                "ROLLBACK TO one",
                "SELECT min(name) FROM users",
                "SAVEPOINT three",
                "RELEASE three",
                "ROLLBACK TO three",
                "SELECT 1",
                "SELECT count(*) FROM users",
                "ROLLBACK TO one",
                "SELECT count(*) FROM users",
                "RELEASE one",
                "COMMIT",
                "SELECT name FROM users WHERE id = 100");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOnOneShardFailsAll(Protocol protocol) {
        same(
                protocol,
                "BEGIN",
                "INSERT INTO users VALUES (100, 'lost')",
                "SELECT name FROM users WHERE id = 2",
                "SELECT 1 / (id - 3) FROM users WHERE id = 3",
                "SELECT name FROM users WHERE id = 100",
                "SELECT count(*) FROM users",
                "SET LOCAL work_mem = '1MB'",
                "SAVEPOINT late",
                "COMMIT",
                "SELECT count(*) FROM users");
        same(
                protocol,
                "BEGIN",
                "INSERT INTO users VALUES (100, 'kept')",
                "SAVEPOINT a",
                "SELECT sum(1 / (id - 3)) FROM users",
                "SELECT 1",
                "SELECT count(*) FROM users",
                "ROLLBACK TO a",
                "SELECT count(*) FROM users",
                "COMMIT",
                "SELECT name FROM users WHERE id = 100");
    }

    @ParameterizedTest
    @EnumSource
    void whatItSetsHoldsOnShardsThatComeLater(Protocol protocol) {
        same(
                protocol,
                "BEGIN ISOLATION LEVEL REPEATABLE READ",
                "SET LOCAL application_name = 'local'",
                "SELECT name, current_setting('application_name') FROM users WHERE id = 1",
                "SELECT name, current_setting('application_name') FROM users WHERE id = 2",
                "SELECT count(*), current_setting('transaction_isolation') FROM users",
                "SET DateStyle = 'German'",
                "SELECT set_config('my.own', 'x', false)",
                "SELECT min(date '2026-01-02'), current_setting('my.own') FROM users",
                "SELECT name, date '2026-01-02', current_setting('my.own') FROM users WHERE id = 3",
                "COMMIT",
                "SHOW application_name",
                "SHOW DateStyle",
                "SHOW my.own",
                "SELECT date '2026-01-02' FROM users WHERE id = 4",
                "BEGIN",
                "SELECT count(*) FROM users",
                "SET DateStyle = 'ISO'",
                "SELECT count(*) FROM users WHERE id < 5",
                "ROLLBACK",
                "SHOW DateStyle");
        try (WireClient other = proxy.login()) {
            for (int id = 1; id <= USERS; id++) {
                assertThat(other.value("SELECT date '2026-01-02' || coalesce(current_setting('my.own', true), '')"
                                + " || current_setting('application_name') FROM users WHERE id = " + id))
                        .isEqualTo("2026-01-02");
            }
        }
    }

    /// Names keep their meaning on shards that come later.
    @Test
    void readsTablesOfTheSchemaThatItHasSet() {
        same("CREATE SCHEMA other", "CREATE TABLE other.users (id bigint, name text)");
        for (int id = 1; id <= 8; id++) {
            same("INSERT INTO other.users VALUES (" + id + ", 'other " + id + "')");
        }
        for (int id = 1; id <= 8; id++) {
            same(
                    "BEGIN",
                    "SELECT 1",
                    "SET LOCAL search_path = other, public",
                    "SELECT name FROM public.users WHERE id = " + id,
                    "SELECT name FROM users WHERE id = " + id,
                    "SELECT count(*) FROM users",
                    "SELECT name FROM users WHERE id = " + (9 - id),
                    "COMMIT",
                    "SELECT name FROM users WHERE id = " + id);
        }
    }

    @Test
    void chainsOnAllShards() {
        same(
                "BEGIN ISOLATION LEVEL SERIALIZABLE",
                "INSERT INTO users VALUES (100, 'a')",
                "SELECT count(*) FROM users",
                "COMMIT AND CHAIN",
                "SELECT count(*), current_setting('transaction_isolation') FROM users",
                "DELETE FROM users WHERE id = 1",
                "SELECT 1 / 0",
                "COMMIT AND CHAIN",
                "SELECT count(*), current_setting('transaction_isolation') FROM users",
                "ROLLBACK",
                "SELECT count(*) FROM users");
    }

    @Test
    void aSecondShardIsNotWritten() {
        client.query("BEGIN");
        client.query("INSERT INTO users VALUES (100, 'x')");
        List<BackendMessage> refused = client.query("DELETE FROM users WHERE id = 1");
        assertThat(Answers.errors(refused)).containsExactly("0A000");
        assertThat(refused.toString()).contains("writes on several shards");
        assertThat(Answers.errors(client.query("SELECT 1"))).containsExactly("25P02");
        assertThat(Answers.text(client.query("COMMIT"))).contains("ROLLBACK");
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo(Integer.toString(USERS));
    }

    /// Which shard was there first does not matter.
    @Test
    void readersComeBeforeTheWriter() {
        same(
                "BEGIN",
                "SELECT name FROM users WHERE id = 1",
                "SELECT name FROM users WHERE id = 2",
                "SELECT name FROM users WHERE id = 3",
                "UPDATE users SET name = 'new' WHERE id = 2",
                "SELECT name FROM users WHERE id = 1",
                "COMMIT",
                "SELECT name FROM users WHERE id = 2");
    }

    /// What is taken from a sequence is taken for good, so that its shard is none that is written to.
    @Test
    void takesNumbersFromSequencesOfAnotherShard() {
        same("CREATE SEQUENCE numbers START 100");
        for (int id = 101; id < 105; id++) {
            same(
                    "BEGIN",
                    "SELECT nextval('numbers')",
                    "INSERT INTO users VALUES (" + id + ", 'x')",
                    "SELECT nextval('numbers')",
                    "COMMIT");
        }
        same("SELECT count(*) FROM users");
    }

    @Test
    void beginsInTheBatchOfItsFirstStatement() {
        sameAnswer(extended("BEGIN", "SELECT count(*) FROM users"));
        sameAnswer(extended("SELECT name FROM users WHERE id = 1", "SELECT name FROM users WHERE id = 2"));
        sameAnswer(extended("SAVEPOINT a", "SELECT name FROM users WHERE id = 3", "SELECT count(*) FROM users"));
        sameAnswer(extended("SELECT count(*) FROM users", "SELECT 1 / 0", "SELECT name FROM users WHERE id = 3"));
        sameAnswer(extended("ROLLBACK TO a", "SELECT count(*) FROM users", "COMMIT"));
        sameAnswer(extended("SELECT count(*) FROM users"));
    }

    @Test
    void portalsStayOnTheirShards() {
        sameAnswer(
                new Parse(
                        ByteString.utf8("s"),
                        ByteString.utf8("SELECT g FROM users, generate_series(1, 5) g WHERE id = 1 ORDER BY g"),
                        List.of()),
                new Sync());
        same("BEGIN");
        List<FrontendMessage> messages = new ArrayList<>(portal("c", "s", 2));
        messages.add(new Sync());
        sameAnswer(messages.toArray(FrontendMessage[]::new));
        same("SELECT count(*) FROM users", "SELECT name FROM users WHERE id = 2");
        sameAnswer(new Execute(ByteString.utf8("c"), 2), new Sync());
        same(Protocol.EXTENDED, "SELECT name FROM users WHERE id = 3");
        sameAnswer(new Describe(Target.PORTAL, ByteString.utf8("c")), new Execute(ByteString.utf8("c"), 0), new Sync());
        same("SELECT name FROM users WHERE id = 2");
        sameAnswer(new Close(Target.PORTAL, ByteString.utf8("c")), new Sync());
        sameAnswer(new Execute(ByteString.utf8("c"), 0), new Sync());
        same("ROLLBACK");
    }

    @ParameterizedTest
    @EnumSource
    void cursorsStayOnTheirShards(Protocol protocol) {
        same(
                protocol,
                "BEGIN",
                "DECLARE c CURSOR FOR SELECT id, g FROM users, generate_series(1, 5) g WHERE id = 1 ORDER BY g",
                "FETCH 2 FROM c",
                "SELECT name FROM users WHERE id = 2",
                "SELECT count(*) FROM users",
                "FETCH 2 FROM c",
                "SELECT name FROM users WHERE id = 3",
                "CLOSE c",
                "COMMIT");
    }

    /// What is left of an answer of which the client wants some rows is not stopped, which would fail the transaction.
    @Test
    void takesSomeRowsOfManyShards() {
        client.query("BEGIN");
        List<FrontendMessage> messages = new ArrayList<>();
        messages.add(new Parse(ByteString.EMPTY, ByteString.utf8("SELECT id FROM users"), List.of()));
        messages.addAll(portal("c", "", 3));
        messages.add(new Sync());
        client.send(messages.toArray(FrontendMessage[]::new));
        assertThat(Answers.rows(client.readUntilReady())).hasSize(3);
        client.query("SAVEPOINT before");
        client.send(new Execute(ByteString.utf8("c"), 3), new Sync());
        List<BackendMessage> refused = client.readUntilReady();
        assertThat(Answers.errors(refused)).containsExactly("0A000");
        assertThat(refused.toString()).contains("fetch size");
        client.query("ROLLBACK TO before");
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo(Integer.toString(USERS));
        assertThat(Answers.text(client.query("COMMIT"))).contains("COMMIT");
    }

    @Test
    void gathersNothingWhereNothingCanBeMade() {
        client.query("BEGIN READ ONLY");
        assertThat(client.value("SELECT name FROM users WHERE id = 1")).isEqualTo("user 1");
        assertThat(Answers.rows(client.query("SELECT name FROM users"))).hasSize(USERS);
        List<BackendMessage> refused = client.query("SELECT count(*) FROM users a, users b");
        assertThat(Answers.errors(refused)).containsExactly("0A000");
        assertThat(refused.toString()).contains("only reads");
        client.query("ROLLBACK");
    }

    @Test
    void whatTiesItToOneShardIsRefused() {
        for (String statement : List.of(
                "CREATE TEMP TABLE t (v int)",
                "LISTEN c",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "SELECT pg_advisory_lock(1)",
                "SELECT 1; COMMIT")) {
            client.query("BEGIN");
            client.query("SELECT count(*) FROM users");
            assertThat(Answers.errors(client.query(statement))).as(statement).containsExactly("0A000");
            assertThat(Answers.text(client.query("ROLLBACK"))).contains("ROLLBACK");
        }
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo(Integer.toString(USERS));
    }

    /// It cannot go on, nor be taken for committed.
    @Test
    void endsWithAShard() {
        client.query("BEGIN");
        client.query("INSERT INTO users VALUES (100, 'lost')");
        client.query("SELECT count(*) FROM users");
        for (String shard : Braid.NAMES) {
            braid.on(
                    shard,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND state LIKE 'idle in transaction%'");
        }
        client.send(new Query(ByteString.utf8("COMMIT")));
        assertThat(Answers.errors(client.readUntilEnd())).isNotEmpty();
        try (WireClient other = proxy.login()) {
            assertThat(other.value("SELECT count(*) FROM users")).isEqualTo(Integer.toString(USERS));
        }
    }

    /// A client that leaves leaves nothing open.
    @Test
    void leavesNothingBehind() {
        client.query("BEGIN");
        client.query("INSERT INTO users VALUES (100, 'lost')");
        client.query("SELECT count(*) FROM users");
        client.close();
        try (WireClient other = proxy.login()) {
            other.query("SET lock_timeout = '10s'");
            assertThat(Answers.errors(other.query("INSERT INTO users VALUES (100, 'x')")))
                    .isEmpty();
            assertThat(other.value("SELECT name FROM users WHERE id = 100")).isEqualTo("x");
        }
    }
}
