package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTlsIT {
    @TempDir
    private static Path directory;

    private static Authority authority;
    private static Authority.Identity identity;

    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    @BeforeAll
    static void makeCertificates() {
        authority = new Authority(directory, "authority");
        identity = authority.issue("proxy", "dns:localhost", "ip:127.0.0.1");
    }

    private ProxyFixture.Setup before(String mode) {
        // The pool is checked in plain text.
        return ProxyFixture.before(database)
                .set("tls.mode", mode)
                .set("tls.certificate", identity.certificate())
                .set("tls.key", identity.key())
                .withoutPoolCheck();
    }

    private ProxyFixture proxy(String mode) {
        return before(mode).start();
    }

    private static WireClient secured(ProxyFixture proxy) {
        WireClient client = proxy.connect();
        assertThat(client.askForTls()).isEqualTo('S');
        client.beginTls(authority.context());
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "require"})
    void aClientThatAsksForTlsHasIt(String mode) {
        try (ProxyFixture proxy = proxy(mode)) {
            WireClient client = secured(proxy);
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
            assertThat(client.value("SELECT repeat('x', 100000)")).hasSize(100_000);
        }
    }

    @Test
    void allowLeavesItToTheClient() {
        try (ProxyFixture proxy = proxy("allow")) {
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void requireRefusesPlainTextBeforeAnyPassword() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            client.start(ProtocolVersion.V3_0, Map.of());
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("28000");
        }
    }

    @Test
    void disableAnswersNoAndGoesOnInPlainText() {
        try (ProxyFixture proxy = proxy("disable")) {
            WireClient client = proxy.connect();
            assertThat(client.askForTls()).isEqualTo('N');
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void directTlsNeedsNoQuestion() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            client.beginTls(authority.context(), "postgresql");
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void directTlsThatDoesNotNameTheProtocolIsRefused() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            client.beginTls(authority.context());
            client.start(ProtocolVersion.V3_0, Map.of());
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    @Test
    void directTlsForAnotherProtocolFailsInTheHandshake() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            assertThatThrownBy(() -> client.beginTls(authority.context(), "http/1.1"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    @Test
    void directTlsIsRefusedWhereThereIsNone() {
        try (ProxyFixture proxy = proxy("disable")) {
            WireClient client = proxy.connect();
            assertThatThrownBy(() -> client.beginTls(authority.context(), "postgresql"))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void theDriverBindsItsLoginToTheChannel(String negotiation) throws SQLException {
        try (ProxyFixture proxy = proxy("require");
                Connection connection = proxy.endpoint()
                        .at("localhost", proxy.endpoint().port())
                        .jdbc(Map.of(
                                "sslmode",
                                "verify-full",
                                "sslrootcert",
                                authority.certificate().toString(),
                                "sslNegotiation",
                                negotiation,
                                "channelBinding",
                                "require"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 42")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void channelBindingIsOfferedOverTlsOnly() {
        try (ProxyFixture proxy = proxy("allow")) {
            assertThat(offered(secured(proxy))).containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
            assertThat(offered(proxy.connect())).containsExactly("SCRAM-SHA-256");
        }
    }

    /// Who sits in between and cuts channel binding from the offer is found out by the client's flag.
    @Test
    void aClientThatWasNotShownTheOfferIsRefused() {
        try (ProxyFixture proxy = proxy("allow")) {
            WireClient client = secured(proxy);
            offered(client);
            client.send(new SaslInitialResponse(
                    ByteString.utf8("SCRAM-SHA-256"), WireValue.of(ByteString.utf8("y,,n=,r=abcdefgh"))));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("28000");
        }
    }

    private static List<String> offered(WireClient client) {
        client.start(ProtocolVersion.V3_0, Map.of());
        AuthenticationSasl sasl = (AuthenticationSasl) client.read();
        return sasl.mechanisms().stream().map(ByteString::toString).toList();
    }

    /// CVE-2021-23214: what was sent before TLS must not be taken for what came through it.
    @ParameterizedTest
    @ValueSource(strings = {"require", "disable"})
    void bytesGluedToTheQuestionAreRefused(String mode) {
        try (ProxyFixture proxy = proxy(mode)) {
            WireClient client = proxy.connect();
            client.send(Packets.joined(Packets.bytes(new SslRequest()), Packets.bytes(Packets.startup("anybody"))));
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    @Test
    void tlsWithinTlsIsRefused() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = secured(proxy);
            client.send(new SslRequest());
            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08P01");
        }
    }

    @Test
    void tlsAfterARefusedGssRequestIsServed() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            Packets.expectGssRefused(client);
            assertThat(client.askForTls()).isEqualTo('S');
            client.beginTls(authority.context());
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
        }
    }

    @Test
    void aHandshakeThatStallsEndsWithTheTimeForTheLogin() {
        try (ProxyFixture proxy =
                before("require").set("timeouts.login", "300ms").start()) {
            WireClient client = proxy.connect();
            assertThat(client.askForTls()).isEqualTo('S');
            long begun = System.nanoTime();
            client.awaitEnd();
            assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void whatIsNotTlsEndsTheConnection() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = proxy.connect();
            assertThat(client.askForTls()).isEqualTo('S');
            client.send(Packets.bytes(Packets.startup("anybody")));
            client.awaitEnd();
            assertThatThrownBy(() -> proxy.login()).isInstanceOf(ServerError.class);
        }
    }

    /// One record of TLS may hold the end of the login and what comes after it.
    @Test
    void aStatementBehindTheLoginIsNotLost() {
        try (ProxyFixture proxy = proxy("require")) {
            WireClient client = secured(proxy);
            client.start(ProtocolVersion.V3_0, Map.of("application_name", "new to the server"));
            client.authenticateAndSend(new Query(ByteString.utf8("SELECT 7")));
            assertThat(Answers.column(client.readUntilReady())).containsExactly("7");
        }
    }

    @Test
    void aCertificateThatIsReplacedIsShownToNewClients(@TempDir Path used) throws IOException {
        Path certificate = used.resolve("certificate");
        Path key = used.resolve("key");
        Files.copy(identity.certificate(), certificate);
        Files.copy(identity.key(), key);
        Authority renewed = new Authority(used, "renewed");
        Authority.Identity next = renewed.issue("proxy");
        try (ProxyFixture proxy = before("require")
                .set("tls.certificate", certificate)
                .set("tls.key", key)
                .start()) {
            WireClient old = secured(proxy);
            old.start(ProtocolVersion.V3_0, Map.of());
            old.authenticate();
            Files.copy(next.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.key(), key, StandardCopyOption.REPLACE_EXISTING);

            Eventually.isTrue("the new certificate is shown", () -> isTrusted(proxy, renewed));
            assertThat(old.value("SELECT 1")).isEqualTo("1");
        }
    }

    private static boolean isTrusted(ProxyFixture proxy, Authority authority) {
        try (WireClient client = WireClient.connect(proxy.endpoint())) {
            client.askForTls();
            client.beginTls(authority.context());
            return offered(client).contains("SCRAM-SHA-256-PLUS");
        } catch (UncheckedIOException refused) {
            return false;
        }
    }
}
