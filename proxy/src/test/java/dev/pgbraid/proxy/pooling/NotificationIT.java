package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions that listen have no backend of their own, and are told everything once.
class NotificationIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);
    private final ProxyFixture proxy = ProxyFixture.before(database)
            .set("pools.size-max", 1)
            .set("listen.threads", 1)
            .start();
    private final WireClient listener = proxy.login();
    private final WireClient other = proxy.login();

    @AfterEach
    void close() {
        proxy.close();
        activity.close();
    }

    private static String told(WireClient client) {
        BackendMessage message = client.read();
        assertThat(message).isInstanceOf(NotificationResponse.class);
        NotificationResponse notification = (NotificationResponse) message;
        return notification.channel() + ": " + notification.payload();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LISTEN news", "BEGIN; LISTEN news; COMMIT", "SAVEPOINT s; LISTEN news"})
    void anIdleListenerIsToldAndHoldsNoBackend(String listen) {
        listener.query(listen.replace("SAVEPOINT", "BEGIN; SAVEPOINT") + (listen.startsWith("S") ? "; COMMIT" : ""));
        other.query("NOTIFY news, 'one'");
        assertThat(told(listener)).isEqualTo("news: one");
        other.query("BEGIN");
        other.query("NOTIFY news, 'two'");
        other.query("COMMIT");
        assertThat(told(listener)).isEqualTo("news: two");
        assertThat(listener.value("SELECT 'still here'")).isEqualTo("still here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN; LISTEN news; ROLLBACK",
                "BEGIN; SAVEPOINT s; LISTEN news; ROLLBACK TO s; COMMIT",
                "LISTEN news; SELECT 1/0",
                "LISTEN news; UNLISTEN news"
            })
    void whatDidNotComeTrueIsNotHeard(String sql) {
        for (String statement : sql.endsWith("1/0") ? List.of(sql) : List.of(sql.split("; "))) {
            listener.query(statement);
        }
        other.query("NOTIFY news");
        listener.expectSilence();
    }

    @Test
    void namesMayBeAnything() {
        listener.query("LISTEN \"No \"\"quotes\"\", ö\"; LISTEN NEWS");
        other.query("NOTIFY \"No \"\"quotes\"\", ö\", 'a'; NOTIFY news, 'b'");
        assertThat(told(listener)).isEqualTo("No \"quotes\", ö: a");
        assertThat(told(listener)).isEqualTo("news: b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNLISTEN news", "UNLISTEN *", "DISCARD ALL", "SELECT 1; UNLISTEN *; RESET ALL"})
    void whoListensNoMoreIsNotTold(String sql) {
        listener.query("LISTEN news");
        other.query("NOTIFY news, 'heard'");
        assertThat(told(listener)).isEqualTo("news: heard");
        assertThat(Answers.errors(listener.query(sql))).isEmpty();
        other.query("NOTIFY news, 'unheard'");
        listener.expectSilence();
        activity.await(0, "query LIKE 'LISTEN%'");
    }

    @Test
    void whoListensNoMoreIsNotToldWhatItSaysNext() {
        for (int i = 0; i < 20; i++) {
            listener.query("LISTEN news");
            other.query("NOTIFY news, 'heard'");
            assertThat(told(listener)).isEqualTo("news: heard");
            listener.query("UNLISTEN *");
            listener.query("NOTIFY news, 'unheard'");
            assertThat(listener.value("SELECT 'nothing between'")).isEqualTo("nothing between");
        }
        listener.expectSilence();
    }

    @Test
    void aClientThatLeavesWhileItBeginsToListenIsNotListenedFor() {
        for (int i = 0; i < 20; i++) {
            WireClient leaving = proxy.login();
            leaving.query("LISTEN news");
            leaving.close();
        }
        activity.await(0, "query LIKE 'LISTEN%' OR query LIKE 'UNLISTEN%'");
    }

    @Test
    void oneChannelOfSeveralCanBeLeft() {
        listener.query("LISTEN a; LISTEN b");
        listener.query("LISTEN c");
        listener.send(
                new Parse(ByteString.EMPTY, ByteString.utf8("UNLISTEN b"), List.of()),
                new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of()),
                new Execute(ByteString.EMPTY, 0),
                new Sync());
        assertThat(Answers.errors(listener.readUntilReady())).isEmpty();
        other.query("NOTIFY a; NOTIFY b; NOTIFY c");
        assertThat(told(listener)).isEqualTo("a: ");
        assertThat(told(listener)).isEqualTo("c: ");
        listener.expectSilence();
    }

    @Test
    void whatIsLeftWhileOthersAreTakenOverIsKnown() {
        for (int round = 0; round < 20; round++) {
            String suffix = Integer.toString(round);
            listener.query("LISTEN left" + suffix);
            listener.send(
                    new Query(ByteString.utf8("LISTEN kept" + suffix)),
                    new Query(ByteString.utf8("LISTEN never" + suffix)),
                    new Query(ByteString.utf8("UNLISTEN left" + suffix)),
                    new Query(ByteString.utf8("UNLISTEN never" + suffix)));
            for (int i = 0; i < 4; i++) {
                assertThat(Answers.errors(listener.readUntilReady())).isEmpty();
            }
            assertThat(other.value("SELECT 'the backend is free'")).isNotEmpty();
            other.query("NOTIFY left" + suffix + "; NOTIFY never" + suffix + "; NOTIFY kept" + suffix);
            assertThat(told(listener)).isEqualTo("kept" + suffix + ": ");
        }
    }

    @Test
    void anUnlistenWhoseEndNobodyCouldTellIsRefused() {
        listener.query("LISTEN news");
        assertThat(other.value("SELECT 'the backend is free'")).isNotEmpty();
        listener.query("BEGIN");
        assertThat(Answers.errors(listener.query("UNLISTEN news"))).containsExactly("0A000");
        assertThat(Answers.errors(listener.query("SELECT 1"))).containsExactly("25P02");
        listener.query("ROLLBACK");
        other.query("NOTIFY news, 'heard'");
        assertThat(told(listener)).isEqualTo("news: heard");
        assertThat(Answers.errors(listener.query("BEGIN; UNLISTEN news; ROLLBACK")))
                .isEmpty();
        other.query("NOTIFY news, 'heard again'");
        assertThat(told(listener)).isEqualTo("news: heard again");
    }

    @Test
    void whoListensAnewIsToldEachTime() {
        for (int round = 0; round < 100; round++) {
            listener.query("LISTEN news");
            other.query("NOTIFY news, '" + round + "'");
            assertThat(told(listener)).isEqualTo("news: " + round);
            listener.query("UNLISTEN news");
        }
    }

    @Test
    void whoIsInATransactionIsToldAfterIt() {
        listener.query("LISTEN news");
        listener.query("BEGIN");
        activity.direct().query("NOTIFY news, 'late'");
        listener.expectSilence();
        assertThat(Answers.errors(listener.query("SELECT 1"))).isEmpty();
        listener.send(new Query(ByteString.utf8("COMMIT")));
        assertThat(listener.read()).isInstanceOf(CommandComplete.class);
        assertThat(List.of((char) listener.read().tag(), (char) listener.read().tag()))
                .as("one notification, before or after the end")
                .containsExactlyInAnyOrder('A', 'Z');
    }

    @Test
    void everythingIsHeardOnceWhileListenersComeAndGo() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread notifier = Thread.ofPlatform().start(() -> {
            try (WireClient direct = WireClient.login(database)) {
                for (int i = 0; !enough.get(); i++) {
                    direct.query("NOTIFY news, '" + i + "'");
                }
            }
        });
        try {
            List<WireClient> listeners = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                WireClient client = proxy.login();
                client.send(new Query(ByteString.utf8("LISTEN news")));
                listeners.add(client);
            }
            for (WireClient client : listeners) {
                List<Integer> heard = new ArrayList<>();
                while (heard.size() < 200) {
                    if (client.read() instanceof NotificationResponse(int _, ByteString _, ByteString payload)) {
                        heard.add(Integer.valueOf(payload.toString()));
                    }
                }
                int first = heard.getFirst();
                assertThat(heard)
                        .isEqualTo(IntStream.range(first, first + 200).boxed().toList());
            }
        } finally {
            enough.set(true);
            notifier.join();
        }
    }

    @Test
    void aListenerIsToldWhenItsShardWasLost() {
        listener.query("LISTEN news");
        other.query("NOTIFY news, 'heard'");
        assertThat(told(listener)).isEqualTo("news: heard");
        activity.direct()
                .column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()");
        assertThat(Answers.errors(listener.readUntilEnd())).containsExactly("08006");
        Eventually.isTrue("others go on", this::isServed);
    }

    /// Whether somebody new gets an answer. A backend that was lost and not missed yet ends the session that it is
    /// lent.
    private boolean isServed() {
        try (WireClient next = WireClient.login(proxy.endpoint())) {
            next.send(new Query(ByteString.utf8("SELECT 1")));
            return !(next.read() instanceof ErrorResponse);
        }
    }

    @Test
    void aListenerThatDoesNotReadCannotFillTheMemory() {
        listener.query("LISTEN news");
        String payload = "x".repeat(7000);
        other.query("NOTIFY news, 'heard'");
        assertThat(told(listener)).isEqualTo("news: heard");
        listener.query("BEGIN");
        try (WireClient direct = WireClient.login(database)) {
            for (int i = 0; i < 200; i++) {
                direct.query("NOTIFY news, '" + i + payload + "'");
            }
        }
        assertThat(Answers.errors(listener.readUntilEnd())).containsExactly("53400");
    }
}
