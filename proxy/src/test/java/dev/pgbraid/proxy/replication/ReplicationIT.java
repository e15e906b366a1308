package dev.pgbraid.proxy.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CopyBothResponse;
import dev.pgbraid.protocol.backend.CopyData;
import dev.pgbraid.protocol.backend.CopyDone;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

class ReplicationIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();
    private static final String ROLE = "replicator";
    private static final String PASSWORD = "the replicator's password";
    private static final String WALSENDERS =
            "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + ROLE + "' AND backend_type = 'walsender'";

    private final Endpoint database = CLUSTER.freshDatabase();
    private final Endpoint shard = database.withUser(ROLE, PASSWORD);
    private final Activity activity = new Activity(CLUSTER.administrator());

    @BeforeEach
    void makeRole() {
        CLUSTER.execute("DROP ROLE IF EXISTS " + ROLE);
        CLUSTER.execute("CREATE ROLE " + ROLE + " LOGIN REPLICATION PASSWORD '" + PASSWORD.replace("'", "''") + "'");
    }

    @AfterEach
    void close() {
        activity.close();
    }

    private String walsenders() {
        return activity.direct().value(WALSENDERS);
    }

    private void awaitWalsenders(String count) {
        Eventually.isTrue(count + " walsenders", () -> walsenders().equals(count));
    }

    @Test
    void changesOfADatabaseStreamThroughUntilTheClientEnds() throws SQLException {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard);
                WireClient writer = WireClient.login(database)) {
            writer.query("CREATE TABLE numbered (id int PRIMARY KEY, filler text)");
            Map<String, String> options =
                    Map.of("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "9.4");
            try (Connection connection = proxy.endpoint().jdbc(options)) {
                PGConnection replicating = connection.unwrap(PGConnection.class);
                replicating
                        .getReplicationAPI()
                        .createReplicationSlot()
                        .logical()
                        .withSlotName("through_the_proxy")
                        .withOutputPlugin("test_decoding")
                        .withTemporaryOption()
                        .make();
                try (PGReplicationStream stream = replicating
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName("through_the_proxy")
                        .start()) {
                    writer.query("INSERT INTO numbered SELECT n, repeat('x', 1000) FROM generate_series(1, 2000) AS n");
                    assertThat(inserted(stream, 2000)).isEqualTo(2000);
                    stream.forceUpdateStatus();
                    assertThat(proxy.server().clients()).isEqualTo(1);
                    assertThat(walsenders()).isEqualTo("1");
                }
            }
            awaitWalsenders("0");
        }
    }

    /// Reads until so many rows have come and acknowledges each.
    private static int inserted(PGReplicationStream stream, int wanted) throws SQLException {
        int rows = 0;
        while (rows < wanted) {
            ByteBuffer message = stream.read();
            String text = StandardCharsets.UTF_8.decode(message).toString();
            if (text.startsWith("table public.numbered: INSERT: id[integer]:" + (rows + 1) + " ")) {
                rows++;
            }
            stream.setAppliedLSN(stream.getLastReceiveLSN());
            stream.setFlushedLSN(stream.getLastReceiveLSN());
        }
        return rows;
    }

    @Test
    void theLogOfAServerStreamsAndBothSidesCanEndIt() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(Map.of("replication", "true"));
            List<String> system = Answers.rows(client.query("IDENTIFY_SYSTEM")).getFirst();
            assertThat(system.getFirst())
                    .isEqualTo(activity.direct().value("SELECT system_identifier FROM pg_control_system()"));

            client.send(new Query(ByteString.utf8("START_REPLICATION PHYSICAL " + system.get(2))));
            assertThat(client.read()).isInstanceOf(CopyBothResponse.class);
            assertThat(client.read()).isInstanceOf(CopyData.class);
            client.send(new dev.pgbraid.protocol.frontend.CopyDone());
            List<BackendMessage> end = client.readUntilReady();
            assertThat(end).anyMatch(CopyDone.class::isInstance);
            assertThat(Answers.errors(end)).isEmpty();
            assertThat(Answers.rows(client.query("IDENTIFY_SYSTEM"))).hasSize(1);

            client.send(new Query(ByteString.utf8("START_REPLICATION PHYSICAL " + system.get(2))));
            assertThat(client.read()).isInstanceOf(CopyBothResponse.class);
            activity.direct()
                    .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
            List<BackendMessage> last = client.readUntilEnd();
            assertThat(Answers.errors(last)).containsExactly("57P01");
        }
        awaitWalsenders("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replication", "elsewhere"})
    void theLogIsOfNoDatabaseAndTheOnlyOneOfTheFileSaysWhichServer(String named) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client =
                    proxy.adopt(WireClient.login(proxy.endpoint().withDatabase(named), Map.of("replication", "on")));
            assertThat(Answers.rows(client.query("IDENTIFY_SYSTEM"))).hasSize(1);
            assertThatThrownBy(() ->
                            WireClient.login(proxy.endpoint().withDatabase(named), Map.of("replication", "database")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("3D000");
        }
    }

    @Test
    void settingsOfTheStartupReachTheServer() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(
                    Map.of("replication", "database", "application_name", "mine", "options", "-c work_mem=7MB"));
            assertThat(client.value("SHOW application_name")).isEqualTo("mine");
            assertThat(client.value("SHOW work_mem")).isEqualTo("7MB");
            assertThat(client.parameters()).containsEntry("application_name", "mine");
        }
    }

    @Test
    void aStatementIsCanceled() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(Map.of("replication", "database"));
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            Eventually.isTrue(
                    "it sleeps",
                    () -> activity.direct()
                            .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND usename = '"
                                    + ROLE + "'")
                            .equals("1"));
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aClientThatVanishesTakesItsBackendWithIt() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(Map.of("replication", "true"));
            awaitWalsenders("1");
            client.reset();
            awaitWalsenders("0");
            Eventually.isTrue("the client is gone", () -> proxy.server().clients() == 0);
        }
    }

    @Test
    void aClientThatReadsSlowlyIsWaitedFor() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(Map.of("replication", "database"));
            client.send(new Query(ByteString.utf8("SELECT repeat('x', 1000) FROM generate_series(1, 50000)")));
            Eventually.isTrue(
                    "the server waits",
                    () -> activity.direct()
                            .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'ClientWrite'"
                                    + " AND usename = '" + ROLE + "'")
                            .equals("1"));
            assertThat(Answers.rows(client.readUntilReady())).hasSize(50_000);
        }
    }

    @Test
    void theServerDecidesWhoMayReplicate() {
        CLUSTER.execute("ALTER ROLE " + ROLE + " NOREPLICATION");
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            assertThatThrownBy(() -> proxy.login(Map.of("replication", "true")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("one: the server refuses the login: ")
                    .hasMessageContaining("42501");
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void rulesForAllDatabasesAreNotForTheLogOfTheServer() {
        try (ProxyFixture proxy = ProxyFixture.before(shard)
                .set("auth.rules.everybody.method", "scram-sha-256")
                .withoutPoolCheck()
                .start()) {
            assertThat(proxy.login(Map.of("replication", "database")).value("SELECT 1"))
                    .isEqualTo("1");
            assertThatThrownBy(() -> proxy.login(Map.of("replication", "true")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("28000");
            proxy.reload(ProxyFixture.before(shard)
                    .set("auth.rules.log.database", "replication")
                    .set("auth.rules.log.method", "scram-sha-256"));
            assertThat(Answers.rows(proxy.login(Map.of("replication", "true")).query("IDENTIFY_SYSTEM")))
                    .hasSize(1);
            assertThatThrownBy(() -> proxy.login(Map.of("replication", "database")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("28000");
        }
    }

    @Test
    void whereADatabaseHasSeveralShardsOneMustBeNamed() {
        try (ProxyFixture proxy = ProxyFixture.before(shard)
                .set("databases." + shard.database() + ".shards.two.host", shard.host())
                .set("databases." + shard.database() + ".shards.two.port", shard.port())
                .start()) {
            assertThatThrownBy(() -> proxy.login(Map.of("replication", "database")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("22023")
                    .hasMessageContaining("2 shards");
            Map<String, String> named = Map.of("replication", "database", "options", "-c pgbraid.shard=two");
            assertThat(proxy.login(named).value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aReloadThatLeavesTheServerOutEndsIt() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            WireClient client = proxy.login(Map.of("replication", "database"));
            proxy.reload(ProxyFixture.before(shard).set("pools.size-max", 3));
            assertThat(client.value("SELECT 1")).isEqualTo("1");
            proxy.reload(ProxyFixture.before(
                    shard.withDatabase(CLUSTER.freshDatabase().database())));
            client.awaitEnd();
            awaitWalsenders("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maybe", "databases"})
    void whatIsNoAnswerIsRefused(String value) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            assertThatThrownBy(() -> proxy.login(Map.of("replication", value)))
                    .isInstanceOf(ServerError.class)
                    .hasMessage("FATAL 22023: invalid value for parameter \"replication\": \"" + value + "\"");
        }
    }

    @Test
    void theProxyEndsThemWhenItEnds() {
        List<WireClient> clients = new ArrayList<>();
        try (ProxyFixture proxy = ProxyFixture.before(shard).withoutPoolCheck().start()) {
            clients.add(proxy.login(Map.of("replication", "true")));
            clients.add(proxy.login(Map.of("replication", "database")));
            proxy.server().drain(() -> false);
            clients.forEach(WireClient::awaitEnd);
            assertThat(proxy.server().clients()).isZero();
        }
        awaitWalsenders("0");
    }

    @Test
    void noAnswerIsAnOrdinaryClient() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard)) {
            List<BackendMessage> answer =
                    proxy.login(Map.of("replication", "off")).query("IDENTIFY_SYSTEM");
            assertThat(Answers.errors(answer)).containsExactly("42601");
            assertThat(answer.getLast()).isInstanceOf(ReadyForQuery.class);
        }
    }
}
