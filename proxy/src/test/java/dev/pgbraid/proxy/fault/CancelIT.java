package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Fault;
import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requests to cancel stop what they are meant for and nothing else, however long they take.
class CancelIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    private ProxyFixture poolOfOne(FaultProxy faults) {
        return ProxyFixture.before(faults.of(database))
                .set("listen.threads", 1)
                .set("pools.size-max", 1)
                .start();
    }

    @Test
    void aRequestIsOverWhenTheServerHasDealtWithIt() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = poolOfOne(faults);
                Activity activity = new Activity(database)) {
            WireClient client = proxy.login();
            client.query("BEGIN");
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            activity.await(1, "wait_event = 'PgSleep'");
            faults.inject(Fault.fromClient(Fault.STARTUP, new Action.Stall()));
            WireClient canceling = proxy.connect();
            canceling.send(new CancelRequest(client.cancelKey()));
            faults.awaitFault();
            canceling.expectSilence();
            client.expectSilence();
            faults.release();
            canceling.awaitEnd();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
            assertThat(Answers.errors(client.query("ROLLBACK"))).isEmpty();
        }
    }

    @Test
    void aRequestWaitsForWhatTheProxyHasSentAhead() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = poolOfOne(faults)) {
            WireClient client = proxy.login(Map.of("work_mem", "7MB"));
            assertThat(proxy.login().value("SHOW work_mem")).isEqualTo("4MB");
            faults.inject(Fault.fromClient('Q', new Action.Stall()));
            client.send(new Query(ByteString.utf8("SELECT current_setting('work_mem'), pg_sleep(60)")));
            faults.awaitFault();
            WireClient canceling = proxy.connect();
            canceling.send(new CancelRequest(client.cancelKey()));
            canceling.expectSilence();
            faults.release();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
            canceling.awaitEnd();
            assertThat(client.value("SHOW work_mem")).isEqualTo("7MB");
        }
    }

    /// What the proxy does for a session that keeps its backend could fail and end it.
    @Test
    void aRequestThatIsLateHitsNothingOfTheProxys() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = poolOfOne(faults);
                Activity activity = new Activity(database)) {
            WireClient client = proxy.login(Map.of("work_mem", "7MB"));
            client.query("CREATE TEMPORARY TABLE mine ()");
            activity.direct().query("SELECT pg_advisory_lock(1)");
            client.send(new Query(ByteString.utf8("RESET work_mem; SELECT pg_advisory_xact_lock(1)")));
            activity.await(1, "wait_event_type = 'Lock'");
            faults.inject(Fault.fromClient(Fault.STARTUP, new Action.Stall()));
            WireClient canceling = proxy.connect();
            canceling.send(new CancelRequest(client.cancelKey()));
            faults.awaitFault();
            activity.direct().query("SELECT pg_advisory_unlock(1)");
            assertThat(Answers.errors(client.readUntilReady())).isEmpty();
            canceling.expectSilence();
            assertThat(activity.count("query LIKE '%set_config(%'")).isZero();
            faults.release();
            canceling.awaitEnd();
            assertThat(client.value("SHOW work_mem")).isEqualTo("7MB");
            activity.await(1, "query = 'SHOW work_mem'");
        }
    }

    @Test
    void aServerThatGivesUpAfterItsAnswerIsNewsForNobody() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = poolOfOne(faults);
                Activity activity = new Activity(database)) {
            WireClient client = proxy.login();
            WireClient next = proxy.login();
            faults.inject(Fault.fromServer('Z', new Action.Stall()));
            client.send(new Query(ByteString.utf8("SELECT 1")));
            faults.awaitFault();
            next.send(new Query(ByteString.utf8("SELECT 'of the next'")));
            activity.direct()
                    .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            activity.await(0, "TRUE");
            faults.release();
            assertThat(Answers.column(client.readUntilReady())).containsExactly("1");
            assertThat(Answers.column(next.readUntilReady())).containsExactly("of the next");
            List<BackendMessage> later = client.query("SELECT 2");
            assertThat(Answers.errors(later)).isEmpty();
            assertThat(Answers.column(later)).containsExactly("2");
        }
    }
}
