package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.Fault;
import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections that were idle for long are not trusted.
class IdleCheckIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
    }

    @Test
    void aConnectionThatHasGoneDeafIsReplacedBeforeItIsLent() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = before(faults)
                        .set("pools.idle-check", "300ms")
                        .set("pools.connect-timeout", "4s")
                        .set("pools.size-max", 1)
                        .start()) {
            WireClient client = proxy.login();
            String first = client.value("SELECT pg_backend_pid()");
            activity.await(1, "state = 'idle' AND clock_timestamp() - state_change > interval '1 s'");
            faults.inject(Fault.fromClient('Q', new Action.Stall()));

            String second = client.value("SELECT pg_backend_pid()");

            assertThat(second).isNotEqualTo(first);
            faults.awaitFault();
            faults.release();
        }
    }

    @Test
    void aConnectionThatWasInUseJustNowIsLentUnasked() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy =
                        before(faults).set("pools.idle-check", "1h").start()) {
            WireClient client = proxy.login();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
            faults.inject(Fault.fromClient('Q', new Action.Stall()).nth(2));

            assertThat(client.value("SELECT 2")).isEqualTo("2");

            client.send(query("SELECT 3"));
            faults.awaitFault();
            faults.release();
            assertThat(Answers.column(client.readUntilReady())).containsExactly("3");
        }
    }

    @Test
    void connectionsThatAnswerAreLent() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = before(faults).start()) {
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(proxy.login());
                clients.getLast().query("BEGIN");
            }
            clients.forEach(client -> client.query("COMMIT"));
            List<String> processes = activity.direct()
                    .column("SELECT pid FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            assertThat(processes).hasSize(4);
            clients.forEach(client -> client.send(query("SELECT pg_backend_pid()")));
            for (WireClient client : clients) {
                assertThat(processes).containsAll(Answers.column(client.readUntilReady()));
            }
        }
    }

    @Test
    void aServerThatAnswersNothingIsReportedInTime() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = before(faults)
                        .set("pools.connect-timeout", "4s")
                        .set("pools.size-max", 1)
                        .withoutPoolCheck()
                        .start()) {
            WireClient client = proxy.login();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
            faults.refuse();
            faults.inject(Fault.fromClient('Q', new Action.Stall()));

            assertThat(Answers.errors(client.query("SELECT 2"))).containsExactly("08001");

            faults.accept();
            faults.release();
            Eventually.isTrue(
                    "the server is used again",
                    () -> Answers.errors(client.query("SELECT 3")).isEmpty());
        }
    }

    private ProxyFixture.Setup before(FaultProxy faults) {
        return ProxyFixture.before(faults.of(database))
                .set("listen.threads", 1)
                .set("pools.idle-check", "0s")
                .set("pools.connect-timeout", "20s")
                .set("pools.checkout-timeout", "20s");
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
