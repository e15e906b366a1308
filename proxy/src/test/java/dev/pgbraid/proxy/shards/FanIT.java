package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A statement on several shards waits, stops and fails as one.
class FanIT {
    private static final String TABLE = "CREATE TABLE users (id bigint PRIMARY KEY, name text)";

    private static final int USERS = 40;

    /// More bytes than can be on the way at once.
    private static final int LARGE = 40_000_000;

    private final Braid braid = Braid.ofFour().sharded("users", "id");

    static Stream<List<FrontendMessage>> statements() {
        return Stream.of(
                List.of(query("SELECT id FROM users")),
                List.of(
                        new Bind(ByteString.EMPTY, ByteString.utf8("ids"), List.of(), List.of(), List.of()),
                        new Execute(ByteString.EMPTY, 0),
                        new Sync()));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void whatWaitsForABackendIsCanceledAtOnce(List<FrontendMessage> statement) {
        try (ProxyFixture proxy = braid.setup().set("pools.size-max", 1).start()) {
            WireClient holder = proxy.login();
            WireClient waiting = proxy.login();
            holder.query(TABLE);
            waiting.send(
                    new Parse(ByteString.utf8("ids"), ByteString.utf8("SELECT id FROM users"), List.of()), new Sync());
            waiting.readUntilReady();
            holder.query("BEGIN; /* pgbraid: shard=three */ SELECT 1");
            waiting.send(statement.toArray(FrontendMessage[]::new));
            waiting.expectSilence();
            waiting.cancel();
            assertThat(Answers.errors(waiting.readUntilReady())).containsExactly("57014");
            assertThat(waiting.value("/* pgbraid: shard=one */ SELECT 1")).isEqualTo("1");
            holder.query("COMMIT");
            waiting.send(statement.toArray(FrontendMessage[]::new));
            assertThat(Answers.errors(waiting.readUntilReady())).isEmpty();
        }
    }

    @Test
    void isCanceledWhenItRunsTooLong() {
        try (ProxyFixture proxy = braid.setup().set("timeouts.statement", "2s").start();
                WireClient locking = WireClient.login(braid.shard("three"))) {
            WireClient client = proxy.login();
            client.query(TABLE);
            locking.query("BEGIN; LOCK users");
            assertThat(Answers.errors(client.query("SELECT id FROM users"))).containsExactly("57014");
            locking.query("ROLLBACK");
            assertThat(Answers.errors(client.query("SELECT id FROM users"))).isEmpty();
        }
    }

    @Test
    void whoWaitsForItIsNotIdle() {
        try (ProxyFixture proxy = braid.start();
                WireClient locking = WireClient.login(braid.shard("four"))) {
            WireClient client = proxy.login();
            WireClient idle = proxy.login();
            client.query(TABLE);
            locking.query("BEGIN; LOCK users");
            client.send(query("SELECT id FROM users"));
            Eventually.isTrue(
                    "it waits",
                    () -> braid.on(
                                            "four",
                                            "SELECT pid FROM pg_locks WHERE NOT granted AND relation ="
                                                    + " 'users'::regclass")
                                    .size()
                            == 1);
            proxy.reload(braid.setup().set("timeouts.client-idle", "300ms"));
            assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P05");
            client.expectSilence();
            locking.query("ROLLBACK");
            assertThat(Answers.errors(client.readUntilReady())).isEmpty();
        }
    }

    @Test
    void whoWaitsForABackendIsToldOnce() {
        try (ProxyFixture proxy = braid.setup()
                .set("pools.size-max", 1)
                .set("pools.wait-notice", "300ms")
                .set("pools.checkout-timeout", "20s")
                .start()) {
            WireClient holder = proxy.login();
            WireClient waiting = proxy.login();
            holder.query(TABLE);
            holder.query("BEGIN; /* pgbraid: shard=three */ SELECT 1");
            waiting.send(query("SELECT id FROM users"));
            assertThat(waiting.read()).isInstanceOf(NoticeResponse.class);
            waiting.expectSilence();
            holder.query("COMMIT");
            assertThat(waiting.readUntilReady()).noneMatch(NoticeResponse.class::isInstance);
        }
    }

    /// A row of which the client has had a part already is sent to its end.
    @Test
    void aShardThatIsLostCutsNoRowOfAnotherInTwo() {
        try (ProxyFixture proxy = braid.start()) {
            WireClient client = beginLargeRow(proxy);
            endBackendOn("two");
            List<BackendMessage> answer = client.readUntilReady();
            assertThat(Answers.errors(answer)).containsExactly("08006");
            assertThat(Answers.column(answer))
                    .filteredOn(name -> name.length() > 1)
                    .allMatch(name -> name.length() == LARGE);
            assertThat(client.value("SELECT id FROM users WHERE id = 1")).isEqualTo("1");
        }
    }

    /// What a client would take for the rest of a row cannot be said.
    @Test
    void aRowThatIsCutInTwoEndsTheSession() {
        try (ProxyFixture proxy = braid.start()) {
            WireClient client = beginLargeRow(proxy);
            endBackendOn("four");
            assertThat(Answers.errors(client.readUntilCutOff())).isEmpty();
            assertThat(proxy.login().value("SELECT id FROM users WHERE id = 1")).isEqualTo("1");
        }
    }

    /// A client that does not read a row of the first shard, while all others have answered.
    private WireClient beginLargeRow(ProxyFixture proxy) {
        WireClient client = proxy.login();
        client.query(TABLE);
        for (int id = 1; id <= USERS; id++) {
            client.query("INSERT INTO users VALUES (" + id + ", 'x')");
        }
        braid.on("four", "UPDATE users SET name = repeat('x', " + LARGE + ") WHERE id = (SELECT min(id) FROM users)");
        client.send(query("SELECT name FROM users"));
        Eventually.isTrue("a row begins", () -> !client.isSilent());
        Eventually.isTrue(
                "all servers have answered, or wait for the client",
                () -> braid.onAll(backends("state = 'idle' OR wait_event = 'ClientWrite'")).stream()
                        .allMatch("1"::equals));
        return client;
    }

    private void endBackendOn(String shard) {
        braid.on(shard, backends("pg_terminate_backend(pid, 20000)"));
    }

    /// Asks how many backends are at that statement for which a condition holds.
    private static String backends(String condition) {
        return "WITH those AS MATERIALIZED (SELECT * FROM pg_stat_activity WHERE datname = current_database()"
                + " AND query = 'SELECT name FROM users') SELECT count(*) FROM those WHERE " + condition;
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
