package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.postgres.StopMode;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A shard's server that is restarted, killed, stopped in its tracks, or that ends single connections.
class ShardRestartIT {
    private static final PostgresServer SERVER = PostgresCluster.ownServer(Map.of("fsync", "off"));
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 100;
    private static final List<String> LOSSES = List.of("57P01", "08006", "08001");

    private final Endpoint shard;

    ShardRestartIT() {
        if (!SERVER.isRunning()) {
            SERVER.start();
        }
        shard = Endpoint.of(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAST", "IMMEDIATE"})
    void idleConnectionsSurviveNoRestartButTheirClientsDo(StopMode mode) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            List<WireClient> clients = clientsWithBackends(proxy);
            SERVER.stop(mode);
            SERVER.start();
            for (WireClient client : clients) {
                assertThat(client.value("SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void statementsFailFastWhileTheServerIsDownAndWorkAgain() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            List<WireClient> clients = clientsWithBackends(proxy);
            SERVER.stop(StopMode.FAST);
            for (int round = 0; round < ROUNDS; round++) {
                for (WireClient client : clients) {
                    List<BackendMessage> answer = client.query("SELECT 1");
                    assertThat(Answers.errors(answer)).containsExactly("08001");
                    assertThat(answer.getFirst().toString()).contains("one: ");
                }
            }
            SERVER.start();
            for (WireClient client : clients) {
                Eventually.isTrue(
                        "statements work again",
                        () -> Answers.column(client.query("SELECT 1")).equals(List.of("1")));
            }
        }
    }

    @Test
    void whoeverWasAtWorkIsToldWhenTheServerIsKilled() {
        try (Activity activity = new Activity(shard)) {
            activity.direct().query("CREATE TABLE item (number int)");
        }
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            List<WireClient> clients = clientsWithBackends(proxy);
            clients.get(0).query("BEGIN");
            clients.get(0).query("INSERT INTO item VALUES (1)");
            clients.get(1).send(query("SELECT pg_sleep(60)"));
            clients.get(2).send(query("COPY item FROM STDIN"));
            clients.get(2).read();
            clients.get(2).send(new CopyData(ByteString.utf8("1\n")));
            clients.get(3).send(query("SELECT repeat('x', 10000) FROM generate_series(1, 10000)"));
            try (Activity activity = new Activity(shard)) {
                activity.await(1, "wait_event = 'PgSleep'");
                activity.await(1, "wait_event = 'ClientWrite'");
            }
            SERVER.kill();
            for (WireClient client : clients.subList(0, 3)) {
                // Some of the server's processes have time to say that the others are gone.
                assertThat(Answers.errors(client.readUntilCutOff())).hasSize(1).isSubsetOf("08006", "57P01");
            }
            assertThat(Answers.errors(clients.get(3).readUntilCutOff())).isSubsetOf("08006", "57P01");
            SERVER.start();
            Eventually.isTrue("statements work again", () -> succeeds(proxy, "SELECT 1"));
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("0");
        }
    }

    @Test
    void aServerThatStallsIsReportedInTimeAndUsedWhenItGoesOn() {
        try (ProxyFixture proxy = ProxyFixture.before(shard)
                .set("listen.threads", 1)
                .set("pools.size-max", 2)
                .set("pools.connect-timeout", "300ms")
                .set("pools.checkout-timeout", "2s")
                .start()) {
            WireClient onBackend = proxy.login();
            WireClient waiting = proxy.login();
            onBackend.query("BEGIN");
            SERVER.pause();
            try {
                onBackend.send(query("SELECT 1"));
                List<BackendMessage> answer = waiting.query("SELECT 2");
                assertThat(Answers.errors(answer)).containsExactly("08001");
                assertThat(answer.getFirst().toString()).contains("one: ");
            } finally {
                SERVER.resume();
            }
            assertThat(Answers.column(onBackend.readUntilReady())).containsExactly("1");
            assertThat(Answers.errors(onBackend.query("COMMIT"))).isEmpty();
            Eventually.isTrue(
                    "the shard is used again",
                    () -> Answers.column(waiting.query("SELECT 2")).equals(List.of("2")));
        }
    }

    @Test
    void aBackendThatTheServerEndsIsToldToWhomeverHasIt() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard);
                Activity activity = new Activity(shard)) {
            WireClient running = proxy.login();
            WireClient inTransaction = proxy.login();
            WireClient idle = proxy.login();
            running.send(query("SELECT pg_sleep(60)"));
            inTransaction.query("BEGIN");
            idle.query("SELECT 1");
            activity.await(1, "wait_event = 'PgSleep'");
            terminate(activity, "TRUE");
            assertThat(Answers.errors(running.readUntilEnd())).containsExactly("57P01");
            assertThat(Answers.errors(inTransaction.readUntilEnd())).containsExactly("57P01");
            activity.await(0, "TRUE");
            assertThat(idle.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void nothingReachesAnotherClientWhileBackendsAreEnded() {
        try (ProxyFixture proxy =
                        ProxyFixture.before(shard).set("pools.size-max", 2).start();
                Activity activity = new Activity(shard)) {
            List<CompletableFuture<Integer>> clients = Stream.iterate(0, client -> client + 1)
                    .limit(CLIENTS)
                    .map(client -> start(proxy, client))
                    .toList();
            while (!clients.stream().allMatch(CompletableFuture::isDone)) {
                terminate(activity, "state <> 'idle' ORDER BY random() LIMIT 1");
            }
            int losses = clients.stream().mapToInt(CompletableFuture::join).sum();
            assertThat(losses).isPositive();
            Eventually.isTrue("statements work again", () -> succeeds(proxy, "SELECT 1"));
        }
    }

    /// Runs one client's statements in a thread of their own; gives how often its connection was lost.
    private static CompletableFuture<Integer> start(ProxyFixture proxy, int client) {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                int losses = 0;
                for (int number = 0; number < ROUNDS; number++) {
                    losses += loseOrCheck(proxy, client + "-" + number) ? 1 : 0;
                }
                outcome.complete(losses);
            } catch (RuntimeException | AssertionError failed) {
                outcome.completeExceptionally(failed);
            }
        });
        return outcome;
    }

    /// Asks for rows that say whose they are; true if the connection is lost.
    private static boolean loseOrCheck(ProxyFixture proxy, String mark) {
        try (WireClient client = WireClient.login(proxy.endpoint())) {
            for (int i = 0; i < 5; i++) {
                client.send(query("SELECT '" + mark + "' FROM generate_series(1, 200), pg_sleep(0.001)"));
                List<BackendMessage> answer = readToReadyOrEnd(client);
                assertThat(Answers.column(answer)).allMatch(mark::equals);
                if (!Answers.errors(answer).isEmpty()) {
                    assertThat(Answers.errors(answer)).hasSize(1).isSubsetOf(LOSSES);
                    return true;
                }
                assertThat(Answers.column(answer)).hasSize(200);
            }
            return false;
        } catch (ServerError error) {
            assertThat(LOSSES).contains(error.sqlState());
            return true;
        }
    }

    private static List<BackendMessage> readToReadyOrEnd(WireClient client) {
        List<BackendMessage> answer = new ArrayList<>();
        Optional<BackendMessage> message = client.next();
        while (message.isPresent()) {
            answer.add(message.get());
            message = message.get() instanceof ReadyForQuery ? Optional.empty() : client.next();
        }
        return answer;
    }

    private static void terminate(Activity activity, String condition) {
        activity.direct()
                .column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                        + " AND pid <> pg_backend_pid() AND " + condition);
    }

    /// Clients between transactions, and a backend for each.
    private static List<WireClient> clientsWithBackends(ProxyFixture proxy) {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(proxy.login());
        }
        clients.forEach(client -> client.query("BEGIN"));
        clients.forEach(client -> client.query("COMMIT"));
        return clients;
    }

    private static boolean succeeds(ProxyFixture proxy, String sql) {
        try (WireClient client = WireClient.login(proxy.endpoint())) {
            return Answers.errors(client.query(sql)).isEmpty();
        } catch (ServerError refused) {
            return false;
        }
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
