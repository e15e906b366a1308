package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.FakeShard;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTlsIT {
    private static final String IS_ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    private static Path directory;

    private static Authority authority;
    private static Authority stranger;
    private static PostgresServer server;
    private static Endpoint shard;

    /// A server whose certificate is for the name `localhost` and not for its address.
    @BeforeAll
    static void startServer() throws IOException, SQLException {
        authority = new Authority(directory, "authority");
        stranger = new Authority(directory, "stranger");
        server = PostgresCluster.ownServer(Map.of());
        authority.equip(server, authority.issue("server", "dns:localhost"));
        Path rules = server.directory().resolve("rules");
        Files.writeString(rules, """
            hostssl encrypted all 127.0.0.1/32 scram-sha-256
            host encrypted all 127.0.0.1/32 reject
            hostssl certified all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
            host certified all 127.0.0.1/32 reject
            host all all 127.0.0.1/32 scram-sha-256
            """);
        server.set("hba_file", rules.toString());
        shard = Endpoint.of(server.start());
        try (Connection connection = shard.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE certified");
            statement.execute("CREATE DATABASE encrypted");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ProxyFixture.Setup before(Endpoint endpoint, String mode, String host) {
        ProxyFixture.Setup setup = ProxyFixture.before(endpoint)
                .setShard("tls.mode", mode)
                .setShard("host", host)
                .withoutPoolCheck();
        return mode.startsWith("verify") ? setup.setShard("tls.root-certificate", authority.certificate()) : setup;
    }

    @ParameterizedTest
    @CsvSource({
        "disable, localhost, f",
        "allow, localhost, f",
        "prefer, 127.0.0.1, t",
        "require, localhost, t",
        "require, 127.0.0.1, t",
        "verify-ca, localhost, t",
        "verify-ca, 127.0.0.1, t",
        "verify-full, localhost, t"
    })
    void theModeSaysWhetherBackendsAreEncrypted(String mode, String host, String encrypted) {
        try (ProxyFixture proxy = before(shard, mode, host).start()) {
            WireClient client = proxy.login();
            assertThat(client.value(IS_ENCRYPTED)).isEqualTo(encrypted);
            assertThat(client.value("SELECT repeat('x', 1000000)")).hasSize(1_000_000);
        }
    }

    @Test
    void verifyFullRefusesACertificateForAnotherName() {
        assertThat(refusal(before(shard, "verify-full", "127.0.0.1"))).contains("one: TLS: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void aCertificateOfAnUnknownRootIsRefused(String mode) {
        ProxyFixture.Setup setup =
                before(shard, mode, "localhost").setShard("tls.root-certificate", stranger.certificate());
        assertThat(refusal(setup)).contains("one: TLS: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void aServerWithoutTlsIsRefusedAndNothingIsSentInPlainText(String mode) {
        Endpoint plain = PostgresCluster.shared().freshDatabase();
        assertThat(refusal(before(plain, mode, "127.0.0.1"))).contains("one: ").contains("does not offer TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer"})
    void aServerWithoutTlsIsGoodEnoughForWhoDoesNotInsist(String mode) {
        Endpoint plain = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = before(plain, mode, "127.0.0.1").start()) {
            assertThat(proxy.login().value(IS_ENCRYPTED)).isEqualTo("f");
        }
    }

    @Test
    void allowEncryptsWhereTheServerRefusesOtherwise() {
        try (ProxyFixture proxy =
                before(shard.withDatabase("encrypted"), "allow", "127.0.0.1").start()) {
            WireClient client = proxy.login();
            assertThat(client.value(IS_ENCRYPTED)).isEqualTo("t");
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            WireClient observer = proxy.login();
            Eventually.isTrue(
                    "it sleeps",
                    () -> observer.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                            .equals("1"));
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        }
    }

    /// Nobody in between can break the handshake to be sent everything in plain text.
    @Test
    void preferDoesNotFallBackFromTlsThatFails() {
        try (FakeShard fake = new FakeShard((in, out) -> {
            FakeShard.readPacket(in);
            out.write('S');
            out.write("no handshake".getBytes(StandardCharsets.US_ASCII));
            in.read();
        })) {
            assertThat(refusal(before(shard.at("127.0.0.1", fake.port()), "prefer", "127.0.0.1")))
                    .contains("one: ");
        }
    }

    /// CVE-2021-23222: what a server says before TLS must not be taken for what comes through it.
    @ParameterizedTest
    @ValueSource(strings = {"SR", "NR"})
    void bytesBehindTheAnswerAreRefused(String answer) {
        try (FakeShard fake = FakeShard.ofTlsAnswer(answer.getBytes(StandardCharsets.US_ASCII))) {
            assertThat(refusal(before(shard.at("127.0.0.1", fake.port()), "require", "127.0.0.1")))
                    .contains("one: ")
                    .contains("unencrypted");
        }
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        try (FakeShard fake = FakeShard.ofTlsAnswer(new byte[] {'E'})) {
            assertThat(refusal(before(shard.at("127.0.0.1", fake.port()), "require", "127.0.0.1")))
                    .contains("one: ");
        }
    }

    /// Without a certificate to check, the login's binding to the channel is what gives an interceptor away.
    @Test
    void whoSitsInBetweenCannotPassTheLoginOn() {
        Authority.Identity impostor = stranger.issue("impostor", "dns:localhost");
        try (TlsInterceptor between = new TlsInterceptor(shard, stranger.context(impostor), authority.context())) {
            assertThat(refusal(before(shard.at("127.0.0.1", between.port()), "require", "127.0.0.1")))
                    .contains("one: the server refuses the login: ")
                    .contains("channel binding");
        }
    }

    @Test
    void aClientCertificateIsShownToTheShard() {
        Endpoint certified = shard.withDatabase("certified");
        Authority.Identity own = authority.issue("pgbraid");
        try (ProxyFixture proxy = before(certified, "verify-full", "localhost")
                .setShard("tls.certificate", own.certificate())
                .setShard("tls.key", own.key())
                .start()) {
            assertThat(proxy.login().value("SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("/CN=pgbraid");
        }
        assertThat(refusal(before(certified, "verify-full", "localhost")))
                .contains("one: ")
                .contains("certificate");
    }

    @Test
    void cancelRequestsAreEncryptedToo() {
        try (ProxyFixture proxy = before(shard, "verify-full", "localhost").start()) {
            WireClient client = proxy.login();
            WireClient observer = proxy.login();
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            Eventually.isTrue(
                    "it sleeps",
                    () -> observer.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                            .equals("1"));
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        }
    }

    /// What a client hears whose login needs a shard that cannot be used.
    private static String refusal(ProxyFixture.Setup setup) {
        try (ProxyFixture proxy = setup.start()) {
            ServerError error = catchThrowableOfType(ServerError.class, proxy::login);
            assertThat(error.sqlState()).isIn("08001", "08004");
            return String.valueOf(error.getMessage());
        }
    }
}
