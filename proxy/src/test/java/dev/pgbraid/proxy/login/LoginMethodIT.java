package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.auth.Md5;
import dev.pgbraid.protocol.backend.AuthenticationMd5Password;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginMethodIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    @TempDir
    private static Path directory;

    private static Authority authority;
    private static Authority stranger;
    private static Authority.Identity identity;

    private final Endpoint database = CLUSTER.freshDatabase();
    private final String user = database.user();

    @BeforeAll
    static void makeCertificates() {
        authority = new Authority(directory, "authority");
        stranger = new Authority(directory, "stranger");
        identity = authority.issue("proxy", "ip:127.0.0.1");
    }

    private ProxyFixture.Setup rule(String name, String method) {
        return ProxyFixture.before(database)
                .set("auth.rules." + name + ".method", method)
                .withoutPoolCheck();
    }

    private static ProxyFixture.Setup withTls(ProxyFixture.Setup setup, String mode) {
        return setup.set("tls.mode", mode)
                .set("tls.certificate", identity.certificate())
                .set("tls.key", identity.key())
                .set("tls.client-root-certificate", authority.certificate());
    }

    private static List<String> loginErrors(WireClient client) {
        client.start(ProtocolVersion.V3_0, Map.of());
        return Answers.errors(client.readUntilEnd());
    }

    private static WireClient secured(ProxyFixture proxy, Endpoint endpoint, SSLContext context) {
        WireClient client = proxy.adopt(WireClient.connect(endpoint));
        assertThat(client.askForTls()).isEqualTo('S');
        client.beginTls(context);
        return client;
    }

    // Trust and rules.

    @Test
    void whoIsTrustedProvesNothing() {
        try (ProxyFixture proxy = rule("all", "trust").start()) {
            Endpoint endpoint = proxy.endpoint().withUser(user, "wrong");
            assertThat(proxy.adopt(WireClient.login(endpoint)).value("SELECT current_user"))
                    .isEqualTo(user);
            WireClient unknown = proxy.adopt(WireClient.connect(endpoint.withUser("nobody", "")));
            assertThat(loginErrors(unknown)).containsExactly("28000");
        }
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        ProxyFixture.Setup setup = rule("a-other-user", "trust")
                .set("auth.rules.a-other-user.user", "other")
                .set("auth.rules.b-other-database.method", "trust")
                .set("auth.rules.b-other-database.database", "other")
                .set("auth.rules.c-other-address.method", "trust")
                .set("auth.rules.c-other-address.address", "10.0.0.0/8")
                .set("auth.rules.d-tls.method", "trust")
                .set("auth.rules.d-tls.tls", "with")
                .set("auth.rules.e-here.method", "reject")
                .set("auth.rules.e-here.address", "127.0.0.1")
                .set("auth.rules.f-all.method", "trust");
        try (ProxyFixture proxy = withTls(setup, "allow").start()) {
            assertThat(loginErrors(proxy.connect())).containsExactly("28000");
            WireClient secured = secured(proxy, proxy.endpoint(), authority.context());
            secured.start(ProtocolVersion.V3_0, Map.of());
            secured.authenticate();
            assertThat(secured.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whereNoRuleFitsNobodyComesIn() {
        try (ProxyFixture proxy =
                rule("other", "trust").set("auth.rules.other.user", "other").start()) {
            assertThat(loginErrors(proxy.connect())).containsExactly("28000");
        }
    }

    // MD5.

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oldClientsLogInByMd5(boolean hashed) throws SQLException {
        String password = "a password";
        String stored = hashed
                ? Md5.secret(ByteString.utf8(user), ByteString.utf8(password)).toString()
                : password;
        try (ProxyFixture proxy = rule("all", "md5")
                        .set("auth.users." + user + ".password", stored)
                        .start();
                Connection connection =
                        proxy.endpoint().withUser(user, password).jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 42")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void aWrongMd5AnswerAndAnUnknownUserCannotBeToldApart() {
        try (ProxyFixture proxy = rule("all", "md5").start()) {
            String unknown = "nobody".repeat(10).substring(0, user.length());
            List<BackendMessage> ofUnknown = answerToWrongMd5(proxy, unknown);
            List<BackendMessage> ofKnown = answerToWrongMd5(proxy, user);
            assertThat(Answers.errors(ofKnown)).containsExactly("28P01");
            assertThat(ofUnknown.toString().replace(unknown, user)).isEqualTo(ofKnown.toString());
        }
    }

    private static List<BackendMessage> answerToWrongMd5(ProxyFixture proxy, String name) {
        WireClient client = proxy.adopt(WireClient.connect(proxy.endpoint().withUser(name, "")));
        client.start(ProtocolVersion.V3_0, Map.of());
        assertThat(client.read()).isInstanceOf(AuthenticationMd5Password.class);
        client.send(new PasswordMessage(ByteString.utf8("md5" + "0".repeat(32))));
        return client.readUntilEnd();
    }

    /// As in PostgreSQL: the method md5 stands for the best that the stored secret allows.
    @Test
    void aUserWithAVerifierLogsInByScramInPlaceOfMd5() {
        try (ProxyFixture proxy = rule("all", "md5")
                .set("auth.users." + user + ".password", verifier(user))
                .start()) {
            for (String name : List.of(user, "nobody")) {
                WireClient client =
                        proxy.adopt(WireClient.connect(proxy.endpoint().withUser(name, "")));
                client.start(ProtocolVersion.V3_0, Map.of());
                assertThat(client.read()).isInstanceOf(AuthenticationSasl.class);
            }
        }
    }

    @Test
    void aUserWithAnMd5HashCannotLogInByScram() {
        String hash =
                Md5.secret(ByteString.utf8(user), ByteString.utf8("secret")).toString();
        try (ProxyFixture proxy = rule("all", "scram-sha-256")
                .set("auth.users." + user + ".password", hash)
                .start()) {
            Endpoint endpoint = proxy.endpoint().withUser(user, "secret");
            assertThatThrownBy(() -> WireClient.login(endpoint))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("28P01");
        }
    }

    // Certificates.

    @Test
    void aCertificateProvesTheUserThatItNames() {
        SSLContext own = authority.context(authority.issue(user));
        SSLContext foreign = authority.context(authority.issue("somebody"));
        try (ProxyFixture proxy = withTls(rule("all", "cert"), "require").start()) {
            WireClient client = secured(proxy, proxy.endpoint(), own);
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
            assertThat(client.value("SELECT current_user")).isEqualTo(user);

            assertThat(loginErrors(secured(proxy, proxy.endpoint(), foreign))).containsExactly("28000");
            assertThat(loginErrors(secured(proxy, proxy.endpoint(), authority.context())))
                    .containsExactly("28000");
            Endpoint unknown = proxy.endpoint().withUser("somebody", "");
            assertThat(loginErrors(secured(proxy, unknown, foreign))).containsExactly("28000");
        }
    }

    @Test
    void verifyLetsNobodyInWithoutACertificateOfTheRoot() {
        Authority.Identity certified = authority.issue("a client");
        try (ProxyFixture proxy = withTls(ProxyFixture.before(database).withoutPoolCheck(), "verify")
                .start()) {
            WireClient client = secured(proxy, proxy.endpoint(), authority.context(certified));
            client.start(ProtocolVersion.V3_0, Map.of());
            client.authenticate();
            assertThat(client.value("SELECT 1")).isEqualTo("1");

            expectNoHandshake(proxy, authority.context());
            expectNoHandshake(proxy, authority.contextOf(stranger, stranger.issue("a client")));
            assertThat(loginErrors(proxy.connect())).containsExactly("28000");
        }
    }

    /// With TLS 1.3 a client learns that its certificate is refused when it reads for the first time.
    private static void expectNoHandshake(ProxyFixture proxy, SSLContext context) {
        WireClient client = proxy.connect();
        assertThat(client.askForTls()).isEqualTo('S');
        assertThatThrownBy(() -> {
                    client.beginTls(context);
                    client.start(ProtocolVersion.V3_0, Map.of());
                    client.read();
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    // Logins that are passed through.

    private static String verifier(String role) {
        try (WireClient administrator = WireClient.login(CLUSTER.administrator())) {
            return administrator.value("SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'");
        }
    }

    private ProxyFixture.Setup passingThrough(String verifier) {
        return ProxyFixture.before(database)
                .set("auth.users." + user + ".password", verifier)
                .without("auth.users." + user + ".shard-password")
                .withoutPoolCheck();
    }

    @Test
    void theProofOfAClientLogsInToTheShard() {
        try (ProxyFixture proxy = passingThrough(verifier(user)).start()) {
            Endpoint endpoint = proxy.endpoint().withUser(user, database.password());
            for (int i = 0; i < 2; i++) {
                assertThat(proxy.adopt(WireClient.login(endpoint)).value("SELECT current_user"))
                        .isEqualTo(user);
            }
            assertThatThrownBy(() -> WireClient.login(endpoint.withUser(user, "wrong")))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("28P01");
        }
    }

    /// The same password under another salt is another verifier.
    @Test
    void aShardWithAnotherVerifierRefusesTheProof() {
        String role = user + "_twin";
        CLUSTER.execute("DROP ROLE IF EXISTS " + role);
        CLUSTER.execute("CREATE ROLE " + role + " LOGIN PASSWORD '"
                + database.password().replace("'", "''") + "'");
        try (ProxyFixture proxy = passingThrough(verifier(role)).start()) {
            assertThatThrownBy(() -> WireClient.login(proxy.endpoint().withUser(user, database.password())))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("08004")
                    .hasMessageContaining("one: the server refuses the login");
        }
    }

    @Test
    void withoutAProofByScramNothingCanBePassedThrough() {
        try (ProxyFixture proxy = passingThrough(verifier(user))
                .set("auth.rules.all.method", "trust")
                .start()) {
            assertThatThrownBy(() -> WireClient.login(proxy.endpoint()))
                    .isInstanceOf(ServerError.class)
                    .hasMessageContaining("28000")
                    .hasMessageContaining("no password for the shards");
        }
    }
}
