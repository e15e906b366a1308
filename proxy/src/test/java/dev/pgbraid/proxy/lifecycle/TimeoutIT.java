package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What takes too long is ended, and nothing else is.
///
/// Most timeouts are set when everything is in place, so that nothing depends on how long that takes.
class TimeoutIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
    }

    @Test
    void whoDoesNothingForLongIsDisconnected() {
        try (ProxyFixture proxy = before().start()) {
            WireClient idle = proxy.login();
            WireClient tied = proxy.login();
            WireClient listening = proxy.login();
            WireClient open = proxy.login();
            WireClient busy = proxy.login();
            tied.query("CREATE TEMPORARY TABLE mine ()");
            listening.query("LISTEN news");
            open.query("BEGIN");
            block();
            busy.send(query("SELECT pg_advisory_xact_lock(1)"));

            proxy.reload(before().set("timeouts.client-idle", "300ms"));

            assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P05");
            assertThat(Answers.errors(tied.readUntilEnd())).containsExactly("57P05");
            assertThat(Answers.errors(listening.readUntilEnd())).containsExactly("57P05");
            unblock();
            assertThat(Answers.errors(busy.readUntilReady())).isEmpty();
            assertThat(Answers.errors(open.query("COMMIT"))).isEmpty();
        }
    }

    @Test
    void aTransactionThatIsLeftAloneIsRolledBack() {
        activity.direct().query("CREATE TABLE item (id int)");
        try (ProxyFixture proxy = before().start()) {
            WireClient idle = proxy.login();
            WireClient open = proxy.login();
            WireClient failed = proxy.login();
            WireClient busy = proxy.login();
            open.query("BEGIN; INSERT INTO item VALUES (1)");
            failed.query("BEGIN; SELECT 1/0");
            block();
            busy.send(query("BEGIN"), query("SELECT pg_advisory_xact_lock(1)"), query("COMMIT"));

            proxy.reload(before().set("timeouts.idle-transaction", "300ms"));

            assertThat(Answers.errors(open.readUntilEnd())).containsExactly("25P03");
            assertThat(Answers.errors(failed.readUntilEnd())).containsExactly("25P03");
            unblock();
            for (int i = 0; i < 3; i++) {
                assertThat(Answers.errors(busy.readUntilReady())).isEmpty();
            }
            assertThat(idle.value("SELECT count(*) FROM item")).isEqualTo("0");
            activity.await(0, "state LIKE 'idle in transaction%'");
        }
    }

    @Test
    void aTransactionThatLastsTooLongIsRolledBack() {
        try (ProxyFixture proxy = before().start()) {
            WireClient idle = proxy.login();
            WireClient tied = proxy.login();
            WireClient busy = proxy.login();
            WireClient running = proxy.login();
            tied.query("CREATE TEMPORARY TABLE mine ()");
            busy.query("BEGIN");
            running.send(query("SELECT pg_sleep(100)"));

            proxy.reload(before().set("timeouts.transaction", "2s"));

            List<BackendMessage> answer = List.of();
            while (Answers.errors(answer).isEmpty()) {
                tied.query("SELECT pg_sleep(0.1)");
                busy.send(query("SELECT 1"));
                answer = busy.readUntilReadyOrEnd();
            }
            assertThat(Answers.errors(answer)).containsExactly("25P04");
            assertThat(Answers.errors(running.readUntilEnd())).containsExactly("25P04");
            assertThat(tied.value("SELECT count(*) FROM mine")).isEqualTo("0");
            assertThat(idle.value("SELECT 1")).isEqualTo("1");
            activity.await(0, "query LIKE '%pg_sleep(100)%' AND state = 'active'");
        }
    }

    @Test
    void aStatementThatRunsTooLongIsCanceled() {
        try (ProxyFixture proxy = before().set("timeouts.statement", "2s").start()) {
            WireClient client = proxy.login();
            client.query("BEGIN");
            assertThat(Answers.errors(client.query("SELECT pg_sleep(100)"))).containsExactly("57014");
            assertThat(Answers.errors(client.query("ROLLBACK"))).isEmpty();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    /// What is said of the user goes before what is said of the database, and that before what is said for all.
    @Test
    void usersAndDatabasesHaveTimeoutsOfTheirOwn() {
        String ofUser = "auth.users." + database.user() + ".timeouts.client-idle";
        String ofDatabase = "databases." + database.database() + ".timeouts.client-idle";
        try (ProxyFixture proxy = withOther().start()) {
            WireClient named = proxy.login();
            WireClient other = proxy.adopt(WireClient.login(proxy.endpoint().withUser("other", ProxyFixture.PASSWORD)));

            proxy.reload(withOther()
                    .set("timeouts.client-idle", "1h")
                    .set(ofDatabase, "300ms")
                    .set(ofUser, "0s"));
            assertThat(Answers.errors(other.readUntilEnd())).containsExactly("57P05");
            assertThat(named.value("SELECT 1")).isEqualTo("1");

            proxy.reload(withOther().set(ofDatabase, "1h").set(ofUser, "300ms"));
            assertThat(Answers.errors(named.readUntilEnd())).containsExactly("57P05");
        }
    }

    @Test
    void shortStatementsMayTakeLongTogether() {
        int count = 60;
        try (ProxyFixture proxy = before().set("timeouts.statement", "5s").start()) {
            WireClient client = proxy.login();
            for (int i = 0; i < count; i++) {
                client.send(query("SELECT pg_sleep(0.1)"));
            }
            for (int i = 0; i < count; i++) {
                assertThat(Answers.errors(client.readUntilReady())).isEmpty();
            }
        }
    }

    @Test
    void whoWaitsLongIsToldOnce() {
        try (ProxyFixture proxy = before().set("pools.size-max", 1)
                .set("pools.wait-notice", "300ms")
                .set("pools.checkout-timeout", "20s")
                .start()) {
            WireClient holder = proxy.login();
            WireClient waiter = proxy.login();
            holder.query("BEGIN");
            waiter.send(query("SELECT 1"));
            assertThat(waiter.read())
                    .isInstanceOfSatisfying(
                            NoticeResponse.class,
                            notice -> assertThat(notice.fields().fields())
                                    .containsEntry(
                                            ErrorFields.MESSAGE,
                                            ByteString.utf8("still waiting for a connection to the server")));
            waiter.expectSilence();
            holder.query("COMMIT");
            assertThat(Answers.column(waiter.readUntilReady())).containsExactly("1");
        }
    }

    /// Makes everybody wait who takes the lock.
    private void block() {
        activity.direct().query("SELECT pg_advisory_lock(1)");
    }

    private void unblock() {
        activity.direct().query("SELECT pg_advisory_unlock(1)");
    }

    private ProxyFixture.Setup before() {
        return ProxyFixture.before(database);
    }

    private ProxyFixture.Setup withOther() {
        return before().set("auth.users.other.password", ProxyFixture.PASSWORD)
                .set("auth.users.other.shard-user", database.user())
                .set("auth.users.other.shard-password", database.password());
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
