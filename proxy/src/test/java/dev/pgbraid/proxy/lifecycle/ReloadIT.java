package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.ProxyException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Another configuration takes the place of the one in force.
class ReloadIT {
    private static final String ANY = "TRUE";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
    }

    @Test
    void transactionsAndPreparedStatementsLiveThroughAMoveOfTheirShard() {
        Endpoint target = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = before().start();
                Activity moved = new Activity(target)) {
            WireClient busy = proxy.login();
            WireClient prepared = proxy.login();
            prepared.send(
                    new Parse(ByteString.utf8("where"), ByteString.utf8("SELECT current_database()"), List.of()),
                    new Sync());
            prepared.readUntilReady();
            assertThat(execute(prepared)).isEqualTo(database.database());
            busy.query("BEGIN");
            busy.query("CREATE TABLE kept (id int)");

            proxy.reload(before().setShard("database", target.database()));

            assertThat(busy.value("SELECT current_database()"))
                    .as("the transaction goes on where it is")
                    .isEqualTo(database.database());
            assertThat(execute(prepared)).isEqualTo(target.database());
            assertThat(Answers.errors(busy.query("COMMIT"))).isEmpty();
            assertThat(busy.value("SELECT current_database()")).isEqualTo(target.database());
            activity.await(0, ANY);
            assertThat(activity.direct().value("SELECT count(*) FROM kept")).isEqualTo("0");
            assertThat(moved.count(ANY)).isPositive();
        }
    }

    @Test
    void whoWaitsForAConnectionGetsOneToTheNewPlace() {
        Endpoint target = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = before().set("pools.size-max", 1).start()) {
            WireClient holder = proxy.login();
            WireClient waiter = proxy.login();
            holder.query("BEGIN");
            waiter.send(new Query(ByteString.utf8("SELECT current_database()")));
            waiter.expectSilence();

            proxy.reload(before().set("pools.size-max", 1).setShard("database", target.database()));

            assertThat(Answers.column(waiter.readUntilReady())).containsExactly(target.database());
            holder.query("COMMIT");
        }
    }

    @Test
    void aShardThatGoesAwayAndComesBackIsUsedAgain() {
        Endpoint target = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = before().set("pools.size-min", 2).start()) {
            WireClient holder = proxy.login();
            holder.query("BEGIN");
            proxy.reload(before().set("pools.size-min", 2).setShard("database", target.database()));
            proxy.reload(before().set("pools.size-min", 2));
            holder.query("COMMIT");
            assertThat(holder.value("SELECT current_database()")).isEqualTo(database.database());
            activity.await(2, ANY);
        }
    }

    @Test
    void poolsShrinkAndGrowUnderLoad() throws Exception {
        try (ProxyFixture proxy = before().set("pools.size-max", 6)
                        .set("pools.checkout-timeout", "20s")
                        .start();
                ExecutorService users = Executors.newFixedThreadPool(12)) {
            List<Future<?>> running = new ArrayList<>();
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clients.add(proxy.login());
            }
            for (WireClient client : clients) {
                running.add(users.submit(() -> work(client)));
            }
            activity.await(6, ANY);
            proxy.reload(before().set("pools.size-max", 2).set("pools.checkout-timeout", "20s"));
            activity.await(2, ANY);
            for (int i = 0; i < 20; i++) {
                assertThat(activity.count(ANY)).isLessThanOrEqualTo(2);
            }
            proxy.reload(before().set("pools.size-max", 5).set("pools.checkout-timeout", "20s"));
            activity.await(5, ANY);
            activity.direct().query("CREATE TABLE enough ()");
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    @Test
    void idleConnectionsBeyondALoweredMaximumAreClosed() {
        try (ProxyFixture proxy = before().set("pools.size-max", 5).start()) {
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(proxy.login());
                clients.getLast().query("BEGIN");
            }
            clients.forEach(client -> client.query("COMMIT"));
            assertThat(activity.count(ANY)).isEqualTo(5);

            proxy.reload(before().set("pools.size-max", 3));

            activity.await(3, ANY);
            clients.forEach(client -> assertThat(client.value("SELECT 1")).isEqualTo("1"));
        }
    }

    @Test
    void usersAreTakenForNewLogins() {
        try (ProxyFixture proxy = before().start()) {
            WireClient client = proxy.login();

            proxy.reload(before().set("auth.users." + database.user() + ".password", "another")
                    .set("auth.users.late.password", "late's")
                    .set("auth.users.late.shard-user", database.user())
                    .set("auth.users.late.shard-password", database.password()));

            assertThat(client.value("SELECT 1")).as("a session that there is").isEqualTo("1");
            assertThatThrownBy(proxy::login).isInstanceOf(ServerError.class).hasMessageContaining("28P01");
            WireClient late = proxy.adopt(WireClient.login(proxy.endpoint().withUser("late", "late's")));
            assertThat(late.value("SELECT 2")).isEqualTo("2");
            proxy.reload(before());
            late.awaitEnd();
        }
    }

    @Test
    void sessionsOfAUserWhoIsRemovedEndAfterTheirTransaction() {
        ProxyFixture.Setup both = before().set("auth.users.other.password", "other's")
                .set("auth.users.other.shard-user", database.user())
                .set("auth.users.other.shard-password", database.password());
        try (ProxyFixture proxy = both.start()) {
            Endpoint other = proxy.endpoint().withUser("other", "other's");
            WireClient idle = proxy.adopt(WireClient.login(other));
            WireClient busy = proxy.adopt(WireClient.login(other));
            WireClient stays = proxy.login();
            busy.query("BEGIN");

            proxy.reload(before());

            assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P01");
            assertThat(busy.value("SELECT 1")).isEqualTo("1");
            busy.send(new Query(ByteString.utf8("COMMIT")));
            assertThat(Answers.errors(busy.readUntilEnd())).containsExactly("57P01");
            assertThat(stays.value("SELECT 1")).isEqualTo("1");
            assertThatThrownBy(() -> WireClient.login(other)).isInstanceOf(ServerError.class);
        }
    }

    @Test
    void limitsHoldAtOnce() {
        try (ProxyFixture proxy = before().start()) {
            WireClient client = proxy.login();
            proxy.reload(before().set("limits.clients-max", 1).set("limits.statement-max", "1KiB"));
            assertThatThrownBy(proxy::login).isInstanceOf(ServerError.class).hasMessageContaining("53300");
            client.send(new Query(ByteString.utf8("SELECT '" + "x".repeat(2000) + "'")));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("54000");
            Eventually.isTrue("the client is gone", () -> proxy.server().clients() == 0);
            proxy.reload(before());
        }
    }

    @Test
    void severalShardsKeepTheirPlaces() {
        String shards = "databases." + database.database() + ".shards.";
        ProxyFixture.Setup ofTwo = before().set(shards + "two.host", database.host())
                .set(shards + "two.port", database.port())
                .set(shards + "two.database", "elsewhere");
        try (ProxyFixture proxy = ofTwo.start()) {
            WireClient client = proxy.login();

            assertThatThrownBy(() -> proxy.reload(before().set(shards + "another.host", database.host())
                            .set(shards + "another.port", database.port())))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("has other shards than before");

            assertThat(client.value("/* pgbraid: shard=one */ SELECT current_database()"))
                    .isEqualTo(database.database());
        }
    }

    @Test
    void aConfigurationThatCannotBeUsedChangesNothing() {
        try (ProxyFixture proxy = before().start()) {
            WireClient client = proxy.login();

            assertThatThrownBy(() -> proxy.reload(before().set("pools.size-max", 1)
                            .set("databases.new.shards.one.host", database.host())
                            .set("databases.new.shards.two.host", database.host())
                            .set("databases.new.control.user", database.user())
                            .set("databases.new.control.password", database.password())
                            .set("databases.new.tables.orders.kind", "reference")))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("is new and declares tables");

            WireClient holder = proxy.login();
            holder.query("BEGIN");
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void manyReloadsAtOnceLeaveOneOfThemInForce() throws Exception {
        try (ProxyFixture proxy = before().start();
                ExecutorService operators = Executors.newFixedThreadPool(12)) {
            WireClient client = proxy.login();
            List<Future<?>> reloads = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                int size = i;
                reloads.add(operators.submit(() -> proxy.server()
                        .reload(before().set("pools.size-max", size).config())));
            }
            for (Future<?> each : reloads) {
                assertThat(client.value("SELECT 1")).isEqualTo("1");
                each.get();
            }
            proxy.reload(before().set("pools.size-max", 3));
            for (int i = 0; i < 3; i++) {
                proxy.login().query("BEGIN");
            }
            activity.await(3, ANY);
        }
    }

    private ProxyFixture.Setup before() {
        return ProxyFixture.before(database);
    }

    /// Statements one after the other until the table `enough` is there.
    private static void work(WireClient client) {
        String enough;
        do {
            enough = client.value("SELECT to_regclass('enough') IS NOT NULL OR pg_sleep(0.002) IS NULL");
        } while (enough.equals("f"));
    }

    private static String execute(WireClient client) {
        client.send(
                new Bind(
                        ByteString.EMPTY, ByteString.utf8("where"), List.of(), List.<WireValue>of(), List.<Format>of()),
                new Execute(ByteString.EMPTY, 0),
                new Sync());
        return Answers.column(client.readUntilReady()).getFirst();
    }
}
