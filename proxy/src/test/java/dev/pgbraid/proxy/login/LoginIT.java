package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.startup.GssEncRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupPacket;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.FakeShard;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginIT {
    private static final String MECHANISM = "SCRAM-SHA-256";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    // Startup packets.

    static Stream<byte[]> brokenPackets() {
        int version3 = ProtocolVersion.V3_0.code();
        return Stream.of(
                "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                Packets.raw(4, version3, 0),
                Packets.raw(0, version3, 0),
                Packets.raw(-1, version3, 0),
                Packets.raw(4 + 10_001, version3, 10_001 - 4),
                // No terminator, and bytes behind it.
                Packets.raw(8, version3, 0),
                Packets.raw(12, version3, 4));
    }

    @ParameterizedTest
    @MethodSource("brokenPackets")
    void aBrokenStartupPacketIsRefusedAtOnce(byte[] packet) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.send(packet);
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    @Test
    void theLargestStartupPacketIsRead() {
        String setting = "x"
                .repeat(10_000
                        - Packets.bytes(Packets.startup(database.user())).length
                        - "database".length()
                        - database.database().length()
                        - "application_name".length());
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            assertThat(proxy.login(Map.of("application_name", setting)).value("SELECT 1"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0002_0000, 0x0004_0000, 0x0001_0000, 0x7FFF_0000})
    void otherMajorVersionsAreRefused(int code) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.send(Packets.raw(9, code, 1));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("0A000");
        }
    }

    @Test
    void aClientThatGoesOnAfterAnErrorIsNotListenedTo() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.send(Packets.joined(Packets.raw(4, 0, 0), new byte[100_000]));
            client.awaitEnd();
        }
    }

    @Test
    void aUserMustBeNamed() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            for (String user : List.of("", "\0")) {
                WireClient client = proxy.connect();
                client.send(
                        user.isEmpty()
                                ? Packets.raw(9, ProtocolVersion.V3_0.code(), 1)
                                : Packets.bytes(Packets.startup("")));
                assertThat(Answers.errors(client.readUntilEnd())).containsExactly("28000");
            }
        }
    }

    @Test
    void thereIsNoTlsAndNoGssUnlessConfigured() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            Packets.expectGssRefused(client);
            assertThat(client.askForTls()).isEqualTo('N');
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
        }
    }

    static Stream<StartupPacket> questions() {
        return Stream.of(new SslRequest(), new GssEncRequest());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aQuestionIsAskedOnce(StartupPacket question) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.send(question);
            assertThat((char) client.readByte()).isEqualTo('N');
            client.send(question);
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void bytesGluedToAQuestionAreRefused(StartupPacket question) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.send(Packets.joined(Packets.bytes(question), Packets.bytes(Packets.startup("anybody"))));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    // Versions of the protocol.

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 9})
    void theVersionAndUnknownOptionsAreNegotiatedAsByPostgreSql(int minor) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            for (Map<String, String> options : List.of(Map.<String, String>of(), Map.of("_pq_.x", "1"))) {
                WireClient throughProxy = proxy.connect();
                try (WireClient direct = WireClient.connect(database)) {
                    assertThat(negotiated(throughProxy, minor, options)).isEqualTo(negotiated(direct, minor, options));
                    assertThat(throughProxy.cancelKey().secret().length())
                            .isEqualTo(direct.cancelKey().secret().length());
                }
            }
        }
    }

    private static List<BackendMessage> negotiated(WireClient client, int minor, Map<String, String> options) {
        client.start(new ProtocolVersion(3, minor), options);
        return client.authenticate().stream()
                .filter(NegotiateProtocolVersion.class::isInstance)
                .toList();
    }

    @Test
    void aLongKeyCancels() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = proxy.connect();
            client.start(ProtocolVersion.V3_2, Map.of());
            client.authenticate();
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            WireClient observer = proxy.login();
            Eventually.isTrue(
                    "it sleeps",
                    () -> observer.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                    + " AND datname = current_database()")
                            .equals("1"));
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        }
    }

    // Passwords.

    @Test
    void anUnknownUserAndAWrongPasswordCannotBeToldApart() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            String unknown = "nobody".repeat(10).substring(0, database.user().length());
            List<BackendMessage> ofUnknown = refusal(proxy, unknown);
            List<BackendMessage> ofKnown = refusal(proxy, database.user());
            assertThat(sizes(ofUnknown)).isEqualTo(sizes(ofKnown));
            assertThat(withoutName(ofUnknown, unknown)).isEqualTo(withoutName(ofKnown, database.user()));
            assertThat(salt(ofUnknown)).isEqualTo(salt(refusal(proxy, unknown)));
            assertThat(salt(ofKnown)).isEqualTo(salt(refusal(proxy, database.user())));
            assertThat(Answers.errors(ofUnknown)).containsExactly("28P01");
        }
    }

    /// Everything that the proxy says to a client with a wrong password.
    private static List<BackendMessage> refusal(ProxyFixture proxy, String user) {
        Endpoint wrong = proxy.endpoint().withUser(user, "wrong");
        WireClient client = proxy.adopt(WireClient.connect(wrong));
        client.start(ProtocolVersion.V3_0, Map.of());
        List<BackendMessage> messages = new ArrayList<>();
        assertThatThrownBy(() -> client.authenticate(messages::add)).isInstanceOf(ServerError.class);
        assertThat(client.next()).isEmpty();
        return messages;
    }

    private static List<Integer> sizes(List<BackendMessage> messages) {
        return messages.stream()
                .map(message -> WireClient.bytes(message).length)
                .toList();
    }

    private static String withoutName(List<BackendMessage> messages, String user) {
        ErrorResponse error = (ErrorResponse) messages.getLast();
        return error.fields().fields().toString().replace(user, "somebody");
    }

    private static String salt(List<BackendMessage> messages) {
        return messages.stream()
                .filter(AuthenticationSaslContinue.class::isInstance)
                .map(message -> ((AuthenticationSaslContinue) message).data().toString())
                .map(challenge -> challenge.split(",", -1)[1])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnknownDatabaseIsToldAfterThePassword() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            Endpoint elsewhere = proxy.endpoint().withDatabase("elsewhere");
            assertThat(errorOf(elsewhere)).isEqualTo("3D000");
            assertThat(errorOf(elsewhere.withUser(database.user(), "wrong"))).isEqualTo("28P01");
        }
    }

    private static String errorOf(Endpoint endpoint) {
        try (WireClient client = WireClient.login(endpoint)) {
            return "none: " + client.parameters();
        } catch (ServerError error) {
            return error.sqlState();
        }
    }

    static Stream<List<byte[]>> brokenExchanges() {
        byte[] first = initial(MECHANISM, "n,,n=,r=abcdefgh");
        return Stream.of(
                List.of(WireClient.bytes(new SaslResponse(ByteString.utf8("c=biws,r=abcdefgh,p=AAAA")))),
                List.of(first, first),
                List.of(first, WireClient.bytes(new SaslResponse(ByteString.utf8("c=biws,r=another,p=AAAA")))),
                List.of(first, WireClient.bytes(new SaslResponse(ByteString.EMPTY))),
                List.of(initial(MECHANISM, "")),
                List.of(initial(MECHANISM, "n,,n=,r=")),
                List.of(initial(MECHANISM, "n,,m=x,n=,r=abcdefgh")),
                List.of(initial(MECHANISM, "p=tls-server-end-point,,n=,r=abcdefgh")),
                List.of(initial("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=abcdefgh")),
                List.of(initial("SCRAM-SHA-1", "n,,n=,r=abcdefgh")),
                List.of(WireClient.bytes(new PasswordMessage(ByteString.utf8("a password")))),
                List.of(WireClient.bytes(new Query(ByteString.utf8("SELECT 1")))),
                List.of(initial(MECHANISM, "n,,n=,r=" + "x".repeat(70_000))));
    }

    private static byte[] initial(String mechanism, String data) {
        return WireClient.bytes(
                new SaslInitialResponse(ByteString.utf8(mechanism), WireValue.of(ByteString.utf8(data))));
    }

    @ParameterizedTest
    @MethodSource("brokenExchanges")
    void anExchangeThatBreaksTheRulesIsRefused(List<byte[]> answers) {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = begun(proxy);
            for (byte[] answer : answers.subList(0, answers.size() - 1)) {
                client.send(answer);
                assertThat(client.read()).isInstanceOf(AuthenticationSaslContinue.class);
            }
            client.send(answers.getLast());
            assertThat(Answers.errors(client.readUntilEnd())).singleElement().isIn("08P01", "0A000");
        }
    }

    private static WireClient begun(ProxyFixture proxy) {
        WireClient client = proxy.connect();
        client.start(ProtocolVersion.V3_0, Map.of());
        assertThat(client.read()).isInstanceOf(AuthenticationSasl.class);
        return client;
    }

    @Test
    void aHugeNonceIsANonce() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            WireClient client = begun(proxy);
            String nonce = "x".repeat(60_000);
            client.send(initial(MECHANISM, "n,,n=,r=" + nonce));
            AuthenticationSaslContinue challenge = (AuthenticationSaslContinue) client.read();
            assertThat(challenge.data().toString()).startsWith("r=" + nonce);
        }
    }

    @Test
    void statementsBehindTheLoginAreDoneWhenItIsOver() {
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            for (String newOrKnown : List.of("new", "known")) {
                WireClient client = proxy.connect();
                client.start(ProtocolVersion.V3_0, Map.of("application_name", "the same"));
                client.authenticateAndSend(new Query(ByteString.utf8("SELECT '" + newOrKnown + "'")));
                assertThat(Answers.column(client.readUntilReady())).containsExactly(newOrKnown);
            }
        }
    }

    // Limits.

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoginThatTakesTooLongIsEnded(boolean started) {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("timeouts.login", "200ms")
                .withoutPoolCheck()
                .start()) {
            WireClient client = started ? begun(proxy) : proxy.connect();
            List<BackendMessage> said = client.readUntilEnd();
            assertThat(Answers.errors(said)).containsExactly("57014");
        }
    }

    @Test
    void oneClientTooManyIsToldAndComesInLater() {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("limits.clients-max", 1)
                .withoutPoolCheck()
                .start()) {
            WireClient first = proxy.login();
            assertThat(errorOf(proxy.endpoint())).isEqualTo("53300");
            first.close();
            Eventually.isTrue("there is room", () -> errorOf(proxy.endpoint()).startsWith("none"));
        }
    }

    @Test
    void oneLoginTooManyAtOnceIsTurnedAway() {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("limits.logins-max", 1)
                .withoutPoolCheck()
                .start()) {
            WireClient first = begun(proxy);
            assertThat(Answers.errors(proxy.connect().readUntilEnd())).containsExactly("53300");
            first.close();
            Eventually.isTrue("there is room", () -> errorOf(proxy.endpoint()).startsWith("none"));
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
            assertThat(proxy.login().value("SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void anAddressThatGuessesIsNotHeardForAWhile() {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("limits.login-failures-max", 2)
                .withoutPoolCheck()
                .start()) {
            Endpoint wrong = proxy.endpoint().withUser(database.user(), "wrong");
            assertThat(errorOf(wrong)).isEqualTo("28P01");
            assertThat(errorOf(proxy.endpoint())).startsWith("none");
            assertThat(errorOf(wrong.withUser("nobody", "wrong"))).isEqualTo("28P01");
            assertThat(errorOf(proxy.endpoint())).isEqualTo("53300");
        }
    }

    // What shards say when backends log in.

    @ParameterizedTest
    @ValueSource(strings = {"i=0", "i=-1", "i=2147483648", "i=99999999999999999999", "i=1000001", "i=1000000x", "i="})
    void aShardWithAbsurdIterationsIsRefused(String iterations) {
        assertThat(loginThrough(FakeShard.ofScram((_, nonce) -> "r=" + nonce + "more,s=AAAA," + iterations)))
                .contains("one: ")
                .contains("iterations");
    }

    @Test
    void aShardThatMakesUpTheNonceIsRefused() {
        assertThat(loginThrough(FakeShard.ofScram((_, nonce) -> "r=other" + nonce + ",s=AAAA,i=4096")))
                .contains("one: ")
                .contains("nonce");
    }

    @Test
    void aShardThatCannotProveToKnowThePasswordIsRefused() {
        assertThat(loginThrough(FakeShard.ofScram(
                        (step, nonce) -> step == 0 ? "r=" + nonce + "more,s=AAAA,i=1" : "v=" + "A".repeat(43) + "=")))
                .contains("one: ")
                .contains("prove");
    }

    @Test
    void aShardThatAsksForThePasswordInPlainTextDoesNotGetIt() {
        assertThat(loginThrough(FakeShard.ofCleartext())).contains("one: ").contains("without TLS");
    }

    /// What a client hears whose login needs `shard`.
    private String loginThrough(FakeShard shard) {
        try (shard;
                ProxyFixture proxy = ProxyFixture.before(database.at("127.0.0.1", shard.port()))
                        .withoutPoolCheck()
                        .start()) {
            WireClient client = proxy.connect();
            client.start(ProtocolVersion.V3_0, Map.of());
            List<BackendMessage> said = new ArrayList<>();
            assertThatThrownBy(() -> client.authenticate(said::add)).isInstanceOf(ServerError.class);
            ErrorResponse error = (ErrorResponse) said.getLast();
            return error.fields().get(ErrorFields.MESSAGE).orElseThrow().toString();
        }
    }
}
