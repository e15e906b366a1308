package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ParseComplete;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolingIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
    }

    private ProxyFixture.Setup poolOfOne() {
        return ProxyFixture.before(database).set("pools.size-max", 1);
    }

    @Test
    void whoHasOnlyPreparedHoldsNoBackend() {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient client = proxy.login();
            WireClient other = proxy.login();
            client.send(
                    new Parse(ByteString.utf8("a"), ByteString.utf8("SELECT 'a'"), List.of()),
                    new Describe(Target.STATEMENT, ByteString.utf8("a")),
                    new Flush());
            assertThat(client.read()).isInstanceOf(ParseComplete.class);
            assertThat(client.read()).isInstanceOf(ParameterDescription.class);
            assertThat(client.read()).isInstanceOf(RowDescription.class);
            assertThat(other.value("SELECT 'not in the way'")).isEqualTo("not in the way");
            client.send(
                    new Bind(ByteString.EMPTY, ByteString.utf8("a"), List.of(), List.of(), List.of()),
                    new Execute(ByteString.EMPTY, 0),
                    new Sync());
            assertThat(Answers.column(client.readUntilReady())).containsExactly("a");
            client.send(new Sync());
            assertThat(client.readUntilReady()).hasSize(1);
        }
    }

    @Test
    void aRunningStatementIsCanceled() {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient client = proxy.login();
            client.send(query("SELECT pg_sleep(60)"));
            activity.await(1, "state = 'active' AND query LIKE '%sleep%'");
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aStatementThatWaitsIsCanceledAtOnceAndTheOtherIsNot() {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient holder = proxy.login();
            WireClient waiting = proxy.login();
            holder.query("BEGIN");
            waiting.send(query("SELECT 1"));
            waiting.cancel();
            assertThat(Answers.errors(waiting.readUntilReady())).containsExactly("57014");
            assertThat(Answers.errors(holder.query("COMMIT"))).isEmpty();
            assertThat(waiting.value("SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void aClientThatWaitsTooLongIsToldAndGoesOn() {
        try (ProxyFixture proxy =
                poolOfOne().set("pools.checkout-timeout", "1s").start()) {
            WireClient holder = proxy.login();
            WireClient simple = proxy.login();
            WireClient extended = proxy.login();
            holder.query("BEGIN");

            assertThat(Answers.errors(simple.query("SELECT 1"))).containsExactly("53300");
            extended.send(batch("SELECT 1"));
            extended.send(new Flush());
            assertThat(Answers.errors(List.of(extended.read()))).containsExactly("53300");
            holder.query("COMMIT");
            extended.send(batch("SELECT 2"));
            extended.expectSilence();
            extended.send(new Sync());
            assertThat(extended.read()).isInstanceOf(ReadyForQuery.class);

            extended.send(batch("SELECT 3"));
            extended.send(new Sync());
            assertThat(Answers.column(extended.readUntilReady())).containsExactly("3");
            assertThat(simple.value("SELECT 4")).isEqualTo("4");
        }
    }

    @Test
    void whatAClientLeavesOpenWhenItVanishesIsEndedOnTheServer() {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient inTransaction = proxy.login();
            inTransaction.query("CREATE TABLE held (id int)");
            inTransaction.query("BEGIN");
            inTransaction.query("LOCK held");
            inTransaction.reset();
            activity.await(0, "state LIKE 'idle in transaction%'");

            WireClient running = proxy.login();
            running.send(query("SELECT pg_sleep(60)"));
            activity.await(1, "state = 'active' AND query LIKE '%sleep%'");
            running.close();
            activity.await(0, "state = 'active' AND query LIKE '%sleep%'");

            WireClient copying = proxy.login();
            copying.send(query("COPY held FROM STDIN"));
            copying.read();
            copying.reset();
            activity.await(0, "query LIKE 'COPY%'");
            assertThat(proxy.login().value("SELECT count(*) FROM held")).isEqualTo("0");
        }
    }

    @Test
    void settingsAreAClientsOwn() {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("pools.size-max", 2)
                .set("listen.threads", 1)
                .start()) {
            WireClient plain = proxy.login();
            String before = plain.value("SHOW work_mem");
            WireClient started = proxy.login(Map.of("work_mem", "7MB", "application_name", "started"));
            assertThat(started.value("SHOW work_mem")).isEqualTo("7MB");
            assertThat(plain.value("SHOW work_mem")).isEqualTo(before);
            assertThat(plain.value("SHOW application_name")).isEmpty();

            WireClient setting = proxy.login();
            setting.query("SET work_mem = '9MB'");
            setting.query("CREATE TEMP TABLE mine (id int)");
            for (int i = 0; i < 3; i++) {
                assertThat(plain.value("SHOW work_mem")).isEqualTo(before);
                assertThat(started.value("SHOW work_mem")).isEqualTo("7MB");
                assertThat(plain.value("SELECT to_regclass('mine')")).isEqualTo("NULL");
            }
            assertThat(setting.value("SHOW work_mem")).isEqualTo("9MB");
        }
    }

    @Test
    void eventLoopsShareOnePlaceInTheServer() {
        try (ProxyFixture proxy =
                poolOfOne().set("pools.checkout-timeout", "20s").start()) {
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(proxy.login());
            }
            for (int round = 0; round < 5; round++) {
                clients.forEach(client ->
                        client.send(query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND backend_type = 'client backend'")));
                for (WireClient client : clients) {
                    // The direct connection of this test and one of the proxy.
                    assertThat(Answers.column(client.readUntilReady())).containsExactly("2");
                }
            }
        }
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }

    private static FrontendMessage[] batch(String sql) {
        return new FrontendMessage[] {
            new Parse(ByteString.EMPTY, ByteString.utf8(sql), List.of()),
            new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of()),
            new Execute(ByteString.EMPTY, 0)
        };
    }
}
