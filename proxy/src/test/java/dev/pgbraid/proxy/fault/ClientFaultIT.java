package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.testing.Wire;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.Fault;
import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that vanish or talk nonsense harm nobody, and what they had begun is ended on the server.
class ClientFaultIT {
    private static final String INSERT = "INSERT INTO item VALUES (1)";
    private static final int SESSION_BATCHES = 4;
    private static final String BUSY = "state <> 'idle'";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    /// How a client ends.
    enum Ending {
        CLOSE,
        RESET,
        HALF_CLOSE;

        void befall(WireClient client) {
            switch (this) {
                case CLOSE -> client.close();
                case RESET -> client.reset();
                case HALF_CLOSE -> client.endOutput();
            }
        }
    }

    /// What a client is in the middle of.
    ///
    /// @param condition that a server fulfils which has come as far
    record Situation(String name, Consumer<WireClient> begin, String condition) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Situation> inTransactions() {
        String open = "state = 'idle in transaction'";
        return Stream.of(
                new Situation("a transaction", ClientFaultIT::beginAndInsert, open),
                new Situation(
                        "a failed transaction",
                        client -> {
                            beginAndInsert(client);
                            client.query("SELECT 1/0");
                        },
                        "state = 'idle in transaction (aborted)'"),
                new Situation(
                        "a header",
                        client -> {
                            beginAndInsert(client);
                            client.send(new byte[] {'Q', 0});
                        },
                        open),
                new Situation(
                        "a query",
                        client -> {
                            beginAndInsert(client);
                            client.send(new byte[] {'Q', 0, 0, 1, 0, 'S', 'E', 'L'});
                        },
                        open));
    }

    private static Stream<Situation> inMessages() {
        return Stream.of(
                new Situation("a Bind", ClientFaultIT::beginBind, "state = 'active'"),
                new Situation("a batch", ClientFaultIT::beginBatch, "state IN ('active', 'idle in transaction')"),
                new Situation(
                        "copying in", ClientFaultIT::beginCopyIn, "wait_event = 'ClientRead' AND state = 'active'"));
    }

    private static Stream<Situation> inStatements() {
        String sleeping = "wait_event = 'PgSleep'";
        Query copyOut = query(INSERT + "; COPY (SELECT repeat('x', 10000) FROM generate_series(1, 10000)) TO STDOUT");
        return Stream.of(
                new Situation("a statement", client -> client.send(query(INSERT + "; SELECT pg_sleep(60)")), sleeping),
                new Situation("a pipeline", ClientFaultIT::beginPipeline, sleeping),
                new Situation("copying out", client -> client.send(copyOut), "wait_event = 'ClientWrite'"));
    }

    /// What a server is at for a client that sends no more goes on, since that one may wait for the answer.
    static Stream<Arguments> situationsAndEndings() {
        return Stream.concat(
                Stream.concat(inTransactions(), inMessages())
                        .flatMap(situation ->
                                Arrays.stream(Ending.values()).map(ending -> Arguments.of(situation, ending))),
                inStatements()
                        .flatMap(situation ->
                                Stream.of(Ending.CLOSE, Ending.RESET).map(ending -> Arguments.of(situation, ending))));
    }

    @BeforeEach
    void createTable() {
        activity.direct().query("CREATE TABLE item (number int)");
    }

    @AfterEach
    void close() {
        activity.close();
    }

    @ParameterizedTest
    @MethodSource("situationsAndEndings")
    void whatAClientWasInTheMiddleOfEndsWithIt(Situation situation, Ending ending) {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient client = proxy.login();
            situation.begin.accept(client);
            activity.await(1, situation.condition);
            ending.befall(client);

            Eventually.isTrue(
                    "the proxy lets the client go", () -> proxy.server().clients() == 0);
            activity.await(0, BUSY);
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void aClientThatVanishesWhileItWaitsIsForgotten(Ending ending) {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient holder = proxy.login();
            WireClient small = proxy.login();
            WireClient large = proxy.login();
            holder.query("BEGIN");
            small.send(query(INSERT));
            large.send(query(INSERT + " -- " + "x".repeat(200_000)));
            ending.befall(small);
            ending.befall(large);
            Eventually.isTrue(
                    "the proxy lets both clients go", () -> proxy.server().clients() == 1);

            holder.query("COMMIT");
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                "00000001",
                "00000002",
                "00000003",
                "00000007",
                "FFFFFFFF",
                "80000000",
                "7FFFFFFF",
                "00002715",
                // A length and a version that nobody has; a version 2; a request that is not one.
                "0000000812345678",
                "0000000800020000",
                "0000000804D21631",
                // GET / HTTP/1.1
                "474554202F20485454502F312E310D0A0D0A",
                "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"
            })
    void whatIsNotAStartupPacketEndsTheConnection(String bytes) {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient stranger = proxy.connect();
            stranger.send(Wire.bytes(bytes));
            assertThat(Answers.errors(stranger.readUntilEnd())).isSubsetOf("08P01", "0A000", "28000");
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000004", "FF00000004", "7000000004", "7A00000004"})
    void nonsenseInATransactionEndsTheSession(String bytes) {
        endsTheSession(bytes, "08P01");
    }

    /// PostgreSQL says nothing either.
    @ParameterizedTest
    @ValueSource(strings = {"5100000000", "5100000003", "51FFFFFFFF", "517FFFFFFF"})
    void aBadLengthInATransactionEndsTheSession(String bytes) {
        endsTheSession(bytes);
    }

    private void endsTheSession(String bytes, String... words) {
        try (ProxyFixture proxy = poolOfOne().start()) {
            WireClient client = proxy.login();
            beginAndInsert(client);
            client.send(Wire.bytes(bytes));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly(words);
            activity.await(0, BUSY);
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("0");
        }
    }

    @Test
    void aSessionThatIsCutOffAtAnyByteCommitsNothing() {
        byte[] session = session();
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            for (int length = 0; length < session.length; length++) {
                WireClient client = WireClient.login(proxy.endpoint());
                client.send(Arrays.copyOf(session, length));
                Ending ending = Ending.values()[length % Ending.values().length];
                ending.befall(client);
                client.close();
            }
            Eventually.isTrue("all clients are gone", () -> proxy.server().clients() == 0);
            activity.await(0, BUSY);
            WireClient last = proxy.login();
            assertThat(last.value("SELECT count(*) FROM item")).isEqualTo("0");
            last.send(session);
            for (int batch = 0; batch < SESSION_BATCHES; batch++) {
                assertThat(Answers.errors(last.readUntilReady())).isEmpty();
            }
        }
        assertThat(activity.direct().value("SELECT count(*) FROM item")).isEqualTo("2");
    }

    @Test
    void aLoginThatIsCutOffAtAnyByteLeavesNothing() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database);
                FaultProxy faults = FaultProxy.before(proxy.endpoint())) {
            for (int offset = 0; offset < 40; offset++) {
                assertLoginFails(
                        faults,
                        proxy,
                        Fault.fromClient(Fault.STARTUP, new Action.Cut()).at(offset));
                assertLoginFails(
                        faults, proxy, Fault.fromClient('p', new Action.Reset()).at(offset));
                assertLoginFails(
                        faults,
                        proxy,
                        Fault.fromClient('p', new Action.Cut()).nth(2).at(offset));
            }
            Eventually.isTrue("all clients are gone", () -> proxy.server().clients() == 0);
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    private static void assertLoginFails(FaultProxy faults, ProxyFixture proxy, Fault fault) {
        faults.inject(fault);
        boolean loggedIn;
        try (WireClient client = WireClient.login(faults.of(proxy.endpoint()))) {
            loggedIn = client.cancelKey().processId() != 0;
        } catch (UncheckedIOException | AssertionError ended) {
            loggedIn = false;
        }
        assertThat(loggedIn).as(fault.toString()).isFalse();
    }

    @Test
    void clientsAboveTheLimitAreToldAndThoseWithinItGoOn() {
        try (ProxyFixture proxy =
                poolOfOne().set("limits.clients-max", 2).withoutPoolCheck().start()) {
            WireClient running = proxy.login();
            WireClient leaving = proxy.login();
            for (int i = 0; i < 5; i++) {
                assertThat(loginError(proxy)).isEqualTo("53300");
            }
            running.send(query("SELECT pg_sleep(60)"));
            activity.await(1, "wait_event = 'PgSleep'");
            running.cancel();
            assertThat(Answers.errors(running.readUntilReady())).containsExactly("57014");
            leaving.close();
            Eventually.isTrue("there is room again", () -> proxy.server().clients() == 1);
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
            assertThat(loginError(proxy)).isEqualTo("53300");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000000800", "0000005400030000"})
    void whoDoesNotLogInInTimeIsSentAway(String bytes) {
        try (ProxyFixture proxy = poolOfOne().set("timeouts.login", "200ms").start()) {
            WireClient silent = proxy.connect();
            silent.send(Wire.bytes(bytes));
            assertThat(Answers.errors(silent.readUntilEnd())).isSubsetOf("57014");
            proxy.reload(poolOfOne());
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    private ProxyFixture.Setup poolOfOne() {
        return ProxyFixture.before(database).set("pools.size-max", 1);
    }

    private static String loginError(ProxyFixture proxy) {
        try {
            proxy.login();
            return "";
        } catch (ServerError error) {
            return error.sqlState();
        }
    }

    /// A whole session of a client that says everything at once; only its last message commits.
    private static byte[] session() {
        return concatenated(
                WireClient.bytes(query("BEGIN")),
                WireClient.bytes(batch(INSERT)),
                WireClient.bytes(new Sync(), query("COPY item FROM STDIN"), new CopyData(ByteString.utf8("2\n"))),
                WireClient.bytes(new CopyDone(), query("COMMIT")));
    }

    private static void beginAndInsert(WireClient client) {
        client.query("BEGIN");
        client.query(INSERT);
    }

    /// A Bind of which the names and a part of the value have come, and are on their way to the server.
    private static void beginBind(WireClient client) {
        beginAndInsert(client);
        Bind bind = new Bind(
                ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(WireValue.text("x".repeat(100_000))), List.of());
        client.send(new Parse(ByteString.EMPTY, ByteString.utf8("SELECT $1::text"), List.of()));
        client.send(Arrays.copyOf(WireClient.bytes(bind), 60_000));
        client.send(new byte[10]);
    }

    private static void beginBatch(WireClient client) {
        client.send(batch(INSERT));
        client.send(new Flush());
        client.read();
    }

    private static void beginPipeline(WireClient client) {
        client.send(batch(INSERT));
        client.send(batch("SELECT pg_sleep(60)"));
        for (int i = 0; i < 1000; i++) {
            client.send(batch(INSERT));
            client.send(new Sync());
        }
    }

    private static void beginCopyIn(WireClient client) {
        client.send(query("COPY item FROM STDIN"));
        client.read();
        client.send(new CopyData(ByteString.utf8("1\n")));
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

    private static byte[] concatenated(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(part -> part.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }
}
