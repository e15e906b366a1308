package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How many backends there are, how long they live, who gets them, and what ties a client to one.
class PoolIT {
    private static final String ANY = "TRUE";
    private static final int MANY = 500;

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void clientsAreServedInTheOrderInWhichTheyCame(int size) {
        activity.direct().query("CREATE TABLE served (number serial, client int)");
        try (ProxyFixture proxy = pool(size)
                .set("listen.threads", 1)
                .set("pools.checkout-timeout", "20s")
                .start()) {
            List<WireClient> holders = logins(proxy, size);
            List<WireClient> waiting = logins(proxy, 30);
            holders.forEach(holder -> holder.query("BEGIN"));
            for (int i = 0; i < waiting.size(); i++) {
                waiting.get(i).send(query("INSERT INTO served (client) VALUES (" + i + ")"));
                // So that the proxy has this one in the queue before the next.
                holders.getFirst().query("SELECT 1");
            }
            holders.getFirst().query("COMMIT");
            waiting.forEach(client ->
                    assertThat(Answers.errors(client.readUntilReady())).isEmpty());
        }
        assertThat(activity.direct().column("SELECT client FROM served ORDER BY number"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(Integer::toString).toList());
    }

    /// Every client sends its next statement when the last is answered; in what a client has to wait for one of its
    /// own, each of the others has its turn a few times at most.
    @Test
    void eventLoopsAreFairToTheirClients() {
        activity.direct().query("CREATE SEQUENCE served");
        int rounds = 6;
        try (ProxyFixture proxy = pool(20).set("pools.checkout-timeout", "30s").start()) {
            List<WireClient> clients = logins(proxy, MANY);
            long longest = 0;
            long[] last = new long[MANY];
            clients.forEach(client -> client.send(query("SELECT nextval('served'), pg_sleep(0.001)")));
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < MANY; i++) {
                    long turn = Long.parseLong(
                            Answers.column(clients.get(i).readUntilReady()).getFirst());
                    longest = Math.max(longest, turn - last[i]);
                    last[i] = turn;
                    clients.get(i).send(query("SELECT nextval('served'), pg_sleep(0.001)"));
                }
            }
            clients.forEach(WireClient::readUntilReady);
            assertThat(longest).isLessThan(3L * MANY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void thereAreNeverMoreBackendsThanAllowed(int size) {
        try (ProxyFixture proxy = pool(size)
                .set("listen.threads", 3)
                .set("pools.checkout-timeout", "30s")
                .start()) {
            List<WireClient> clients = logins(proxy, 30);
            for (int round = 0; round < 30; round++) {
                clients.forEach(client -> client.send(query("SELECT 1")));
                assertThat(activity.count(ANY)).isLessThanOrEqualTo(size);
                clients.forEach(client ->
                        assertThat(Answers.errors(client.readUntilReady())).isEmpty());
            }
        }
    }

    /// Of two backends one is held and the other is idle, on every two of three event loops in turn; a client of the
    /// third must get the idle one.
    @ParameterizedTest
    @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
    void anIdleBackendIsFoundWhereverItIs(String order) {
        try (ProxyFixture proxy = pool(2).set("listen.threads", 3).start()) {
            List<WireClient> clients = logins(proxy, 3);
            WireClient holder = clients.get(order.charAt(0) - '0');
            holder.query("BEGIN");
            assertThat(clients.get(order.charAt(1) - '0').value("SELECT 1")).isEqualTo("1");
            assertThat(clients.get(order.charAt(2) - '0').value("SELECT 2")).isEqualTo("2");
            assertThat(Answers.errors(holder.query("COMMIT"))).isEmpty();
        }
    }

    @Test
    void whatIsIdleTooLongIsClosedDownToTheMinimum() {
        try (ProxyFixture proxy = pool(6).set("listen.threads", 1)
                .set("pools.size-min", 2)
                .set("pools.idle-timeout", "500ms")
                .start()) {
            activity.await(2, ANY);
            List<WireClient> clients = logins(proxy, 6);
            clients.forEach(client -> client.query("BEGIN"));
            assertThat(activity.count(ANY)).isEqualTo(6);
            clients.forEach(client -> client.query("COMMIT"));
            List<Integer> seen = new ArrayList<>();
            Eventually.isTrue("the surplus is closed", () -> {
                seen.add(activity.count(ANY));
                return seen.getLast() == 2;
            });
            assertThat(seen).allMatch(count -> count >= 2);
        }
    }

    @Test
    void theMinimumIsKeptAndOpenedAgain() {
        try (ProxyFixture proxy = pool(4).set("pools.size-min", 3).start()) {
            activity.await(3, ANY);
            List<String> before = processes();
            activity.direct()
                    .column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                            + " AND datname = current_database()");
            Eventually.isTrue(
                    "there are three new ones",
                    () -> processes().size() == 3 && processes().stream().noneMatch(before::contains));
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aBackendThatIsOldIsReplacedWhenItsTransactionEnds() {
        try (ProxyFixture proxy = pool(1).set("pools.lifetime-max", "300ms").start()) {
            WireClient client = proxy.login();
            client.query("BEGIN");
            String first = client.value("SELECT pg_backend_pid()");
            activity.direct().query("SELECT pg_sleep(2)");
            assertThat(client.value("SELECT pg_backend_pid()")).isEqualTo(first);
            client.query("COMMIT");
            assertThat(client.value("SELECT pg_backend_pid()")).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1"})
    void preparedStatementsWorkHoweverFewABackendKeeps(int size, int statementsMax) {
        try (ProxyFixture proxy =
                pool(size).set("pools.prepared-statements-max", statementsMax).start()) {
            List<WireClient> clients = logins(proxy, 3);
            for (int client = 0; client < clients.size(); client++) {
                for (int statement = 0; statement < 5; statement++) {
                    clients.get(client).send(parse("s" + statement, "SELECT " + (10 * client + statement)), new Sync());
                    assertThat(Answers.errors(clients.get(client).readUntilReady()))
                            .isEmpty();
                }
            }
            for (int round = 0; round < 10; round++) {
                clients.forEach(client -> client.send(WireClient.bytes(allStatements())));
                for (int client = 0; client < clients.size(); client++) {
                    assertThat(Answers.column(clients.get(client).readUntilReady()))
                            .containsExactlyElementsOf(expected(client));
                }
            }
            String kept = clients.getFirst().value("SELECT count(*) FROM pg_prepared_statements");
            assertThat(Integer.parseInt(kept)).isLessThanOrEqualTo(statementsMax);
        }
    }

    private static FrontendMessage[] allStatements() {
        List<FrontendMessage> messages = new ArrayList<>();
        for (int statement = 0; statement < 10; statement++) {
            ByteString name = ByteString.utf8("s" + statement % 5);
            messages.add(new Bind(ByteString.EMPTY, name, List.of(), List.of(), List.of()));
            messages.add(new Execute(ByteString.EMPTY, 0));
        }
        messages.add(new Sync());
        return messages.toArray(FrontendMessage[]::new);
    }

    private static List<String> expected(int client) {
        return IntStream.range(0, 10)
                .mapToObj(i -> Integer.toString(10 * client + i % 5))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PREPARE mine AS SELECT 1 | SELECT count(*) FROM pg_prepared_statements WHERE from_sql | 0 | 1",
                "CREATE TEMP TABLE mine (id int) | SELECT count(*) FROM pg_class WHERE relname = 'mine' AND"
                        + " pg_table_is_visible(oid) | 0 | 1",
                "DECLARE mine CURSOR WITH HOLD FOR SELECT 1 | SELECT count(*) FROM pg_cursors | 0 | 1"
            })
    void whatOnlyOneBackendHasTiesItsClientToIt(String statement, String question, String others, String own) {
        try (ProxyFixture proxy = pool(2).set("listen.threads", 1).start()) {
            WireClient owner = proxy.login();
            WireClient other = proxy.login();
            owner.query(statement);
            String process = owner.value("SELECT pg_backend_pid()");
            for (int round = 0; round < 5; round++) {
                assertThat(other.value(question)).isEqualTo(others);
                assertThat(other.value("SELECT pg_backend_pid()")).isNotEqualTo(process);
                assertThat(owner.value(question)).isEqualTo(own);
                assertThat(owner.value("SELECT pg_backend_pid()")).isEqualTo(process);
            }
            owner.query("DISCARD ALL");
            List<WireClient> both = List.of(owner, other, proxy.login());
            both.forEach(client -> assertThat(client.value(question)).isEqualTo(others));
            holdAtOnce(owner, other);
        }
    }

    /// Both are lent a backend of the two, so neither is held by anybody without a transaction.
    private static void holdAtOnce(WireClient one, WireClient two) {
        assertThat(Answers.errors(one.query("BEGIN"))).isEmpty();
        assertThat(Answers.errors(two.query("BEGIN"))).isEmpty();
        one.query("COMMIT");
        two.query("COMMIT");
    }

    @Test
    void whatAClientWasTiedToEndsWithIt() {
        try (ProxyFixture proxy = pool(1).start()) {
            WireClient owner = proxy.login();
            owner.query("CREATE TEMP TABLE mine (id int)");
            owner.query("LISTEN news");
            owner.close();
            WireClient next = proxy.login();
            assertThat(next.value("SELECT to_regclass('mine')")).isEqualTo("NULL");
            assertThat(next.value("SELECT count(*) FROM pg_listening_channels()"))
                    .isEqualTo("0");
        }
    }

    @Test
    void drainingWaitsForTransactionsAndEndsEachSessionAfterIts() throws InterruptedException {
        activity.direct().query("CREATE TABLE item (number int)");
        try (ProxyFixture proxy = pool(4).withoutPoolCheck().start()) {
            WireClient idle = proxy.login();
            WireClient open = proxy.login();
            WireClient running = proxy.login();
            open.query("BEGIN");
            running.send(query("INSERT INTO item SELECT 1 FROM pg_sleep(1)"));
            activity.await(1, "wait_event = 'PgSleep'");
            Thread draining = Thread.ofPlatform().start(() -> proxy.server().drain(() -> false));

            assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P01");
            assertThat(Answers.errors(open.query("INSERT INTO item VALUES (2)")))
                    .isEmpty();
            List<BackendMessage> committed = open.query("COMMIT");
            assertThat(Answers.errors(committed)).isEmpty();
            assertThat(Answers.errors(open.readUntilEnd())).containsExactly("57P01");
            assertThat(Answers.errors(running.readUntilEnd())).containsExactly("57P01");
            draining.join();
        }
        activity.await(0, ANY);
        assertThat(activity.direct().value("SELECT sum(number) FROM item")).isEqualTo("3");
    }

    private ProxyFixture.Setup pool(int size) {
        return ProxyFixture.before(database).set("pools.size-max", size);
    }

    private static List<WireClient> logins(ProxyFixture proxy, int count) {
        return IntStream.range(0, count).mapToObj(_ -> proxy.login()).toList();
    }

    /// The servers' processes for the proxy.
    private List<String> processes() {
        return activity.direct()
                .column("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }

    private static Parse parse(String name, String sql) {
        return new Parse(ByteString.utf8(name), ByteString.utf8(sql), List.of());
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
