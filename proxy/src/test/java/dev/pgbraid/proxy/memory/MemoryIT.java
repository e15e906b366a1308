package dev.pgbraid.proxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.net.Transport;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Memory does not depend on the size of what passes through, nor on how slowly it is taken.
class MemoryIT {
    private static final int LARGE = 100_000_000;
    private static final int ROW = 10_000;
    private static final int GROWTH_MAX = 2_000_000;
    private static final int IDLE_CLIENTS = 200;
    private static final int DEAF_CLIENTS = 20;
    private static final int UNCHANGED_POLLS = 200;
    private static final byte[] PIECE = new byte[ROW];
    private static final Query LARGE_RESULT =
            query("SELECT repeat('x', " + ROW + ") FROM generate_series(1, " + LARGE / ROW + ")");
    private static final Query LARGE_ROW = query("SELECT repeat('x', " + LARGE + ")");

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    static {
        Arrays.fill(PIECE, (byte) 'x');
    }

    @AfterEach
    void close() {
        activity.close();
    }

    /// The two that are best here.
    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable).limit(2);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aResultWaitsInTheServerForAClientThatDoesNotRead(Transport transport) {
        assertWaitsInTheServer(transport, LARGE_RESULT, LARGE / ROW);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aRowWaitsInTheServerForAClientThatDoesNotRead(Transport transport) {
        assertWaitsInTheServer(transport, LARGE_ROW, 1);
    }

    private void assertWaitsInTheServer(Transport transport, Query query, int rows) {
        try (ProxyFixture proxy = start(transport);
                BufferPeak peak = new BufferPeak()) {
            WireClient client = proxy.login();
            client.send(query);
            activity.await(1, "wait_event = 'ClientWrite'");
            assertThat(client.skip()).isEqualTo('T');
            for (int i = 0; i < rows; i++) {
                assertThat(client.skip()).isEqualTo('D');
            }
            client.readUntilReady();
            assertThat(peak.growthBytes()).isLessThan(GROWTH_MAX);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aParameterWaitsInTheClientForABusyServer(Transport transport) throws InterruptedException {
        try (ProxyFixture proxy = start(transport);
                BufferPeak peak = new BufferPeak()) {
            WireClient client = proxy.login();
            activity.direct().query("SELECT pg_advisory_lock(1)");
            client.send(query("SELECT pg_advisory_xact_lock(1)"));
            client.send(new Parse(ByteString.EMPTY, ByteString.utf8("SELECT length($1::text)"), List.of()));
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofPlatform().start(() -> {
                client.send(bindOf(LARGE));
                sendPieces(client, LARGE / ROW, PIECE, sent);
                client.send(new byte[] {0, 0});
                client.send(new Execute(ByteString.EMPTY, 0), new Sync());
            });
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(LARGE);
            activity.direct().query("SELECT pg_advisory_unlock(1)");

            client.readUntilReady();
            assertThat(Answers.column(client.readUntilReady())).containsExactly("" + LARGE);
            sender.join();
            assertThat(peak.growthBytes()).isLessThan(GROWTH_MAX);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aPipelineGoesOnInBothDirectionsWhenItsAnswersAreRead(Transport transport) throws InterruptedException {
        try (ProxyFixture proxy = start(transport);
                BufferPeak peak = new BufferPeak()) {
            WireClient client = proxy.login();
            client.send(new Parse(ByteString.EMPTY, ByteString.utf8("SELECT $1::text"), List.of()));
            byte[] step = concatenated(
                    bindOf(ROW), PIECE, new byte[] {0, 0}, WireClient.bytes(new Execute(ByteString.EMPTY, 0)));
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofPlatform().start(() -> {
                sendPieces(client, LARGE / ROW, step, sent);
                client.send(new Sync());
            });
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(LARGE);

            assertThat(client.skip()).isEqualTo('1');
            for (int i = 0; i < LARGE / ROW; i++) {
                assertThat("" + client.skip() + client.skip() + client.skip()).isEqualTo("2DC");
            }
            client.readUntilReady();
            sender.join();
            assertThat(peak.growthBytes()).isLessThan(GROWTH_MAX);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void clientsThatDoNothingHoldNoBuffer(Transport transport) {
        try (ProxyFixture proxy = start(transport)) {
            proxy.login().query("SELECT 1");
            try (BufferPeak peak = new BufferPeak()) {
                List<WireClient> idle = new ArrayList<>();
                for (int i = 0; i < IDLE_CLIENTS; i++) {
                    idle.add(proxy.login());
                    idle.getLast()
                            .send(
                                    new Parse(ByteString.utf8("s"), ByteString.utf8("SELECT " + i), List.of()),
                                    new Sync());
                    idle.getLast().readUntilReady();
                }
                idle.forEach(client -> client.send(new byte[] {'Q', 0, 0}));
                assertThat(idle.getFirst().isSilent()).isTrue();
                assertThat(peak.growthBytes()).isLessThan(GROWTH_MAX);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void clientsThatNeverReadDoNotHurtTheOthersOnTheirEventLoop(Transport transport) {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                        .set("listen.transport", name(transport))
                        .set("listen.threads", 1)
                        .set("pools.size-max", DEAF_CLIENTS + 1)
                        .start();
                BufferPeak peak = new BufferPeak()) {
            for (int i = 0; i < DEAF_CLIENTS; i++) {
                proxy.login().send(LARGE_RESULT);
            }
            activity.await(DEAF_CLIENTS, "wait_event = 'ClientWrite'");
            WireClient other = proxy.login();
            for (int i = 0; i < 1000; i++) {
                assertThat(other.value("SELECT " + i)).isEqualTo("" + i);
            }
            other.send(LARGE_RESULT);
            for (int i = 0; i <= LARGE / ROW; i++) {
                other.skip();
            }
            other.readUntilReady();
            assertThat(peak.growthBytes()).isLessThan(GROWTH_MAX + DEAF_CLIENTS * 256L * 1024);
        }
    }

    private ProxyFixture start(Transport transport) {
        ProxyFixture proxy = ProxyFixture.before(database)
                .set("listen.transport", name(transport))
                .start();
        // What an event loop needs once and for all.
        for (int i = 0; i < 4; i++) {
            proxy.login().query("SELECT repeat('x', 100000)");
        }
        return proxy;
    }

    private static String name(Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns when a counter that has begun to rise has stopped.
    private static void awaitStandstill(AtomicLong counter) {
        AtomicLong last = new AtomicLong();
        AtomicInteger unchanged = new AtomicInteger();
        Eventually.isTrue("the sender is held up", () -> {
            long now = counter.get();
            if (now == 0 || last.getAndSet(now) != now) {
                unchanged.set(0);
            }
            return unchanged.incrementAndGet() > UNCHANGED_POLLS;
        });
    }

    private static void sendPieces(WireClient client, int count, byte[] piece, AtomicLong sent) {
        for (int i = 0; i < count; i++) {
            client.send(piece);
            sent.addAndGet(piece.length);
        }
    }

    /// A Bind up to the value of its one parameter. After that comes the count of result formats, of two bytes.
    private static byte[] bindOf(int length) {
        ByteBuffer bind = ByteBuffer.allocate(1 + 4 + 2 + 2 + 2 + 4);
        bind.put((byte) 'B').putInt(bind.capacity() - 1 + length + 2);
        bind.put((byte) 0).put((byte) 0).putShort((short) 0).putShort((short) 1).putInt(length);
        return bind.array();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }
}
