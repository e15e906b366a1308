package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users who are looked up at a shard that keeps MD5 hashes of passwords.
class UserQueryMd5IT {
    private static final String ROLE = "veteran";
    private static final String PASSWORD = "an old password";

    @TempDir
    private static Path directory;

    private static Authority authority;
    private static PostgresServer server;
    private static Endpoint shard;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        authority = new Authority(directory, "authority");
        server = PostgresCluster.ownServer(Map.of());
        authority.equip(server, authority.issue("server", "dns:localhost"));
        Path rules = server.directory().resolve("rules");
        Files.writeString(rules, "host all all 127.0.0.1/32 md5\n");
        server.set("hba_file", rules.toString());
        shard = Endpoint.of(server.start());
        try (Connection connection = shard.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("SET password_encryption = 'md5'");
            statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ProxyFixture.Setup setup() {
        return ProxyFixture.before(shard)
                .setShard("host", "localhost")
                .setShard("tls.mode", "verify-full")
                .setShard("tls.root-certificate", authority.certificate())
                .set("auth.query.user", shard.user())
                .set("auth.query.password", shard.password())
                .set("auth.rules.old.method", "md5")
                .withoutPoolCheck();
    }

    @Test
    void theHashThatWasLookedUpLogsInHereAndThere() throws SQLException {
        try (ProxyFixture proxy = setup().start()) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection =
                                proxy.endpoint().withUser(ROLE, PASSWORD).jdbc();
                        Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT session_user")) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo(ROLE);
                }
            }
            assertThatThrownBy(() -> proxy.endpoint().withUser(ROLE, "wrong").jdbc())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void itsBackendsStayForTheNext() throws SQLException {
        try (ProxyFixture proxy = setup().set("listen.threads", 1).start();
                WireClient observer = WireClient.login(shard)) {
            Endpoint veteran = proxy.endpoint().withUser(ROLE, PASSWORD);
            String backends = "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE usename = '" + ROLE + "'";
            query(veteran);
            String first = observer.value(backends);
            assertThat(first).isNotEqualTo("NULL");
            query(veteran);
            assertThat(observer.value(backends)).isEqualTo(first);
        }
    }

    /// What the driver sets first is answered, and the backend free, when this is.
    private static void query(Endpoint client) throws SQLException {
        try (Connection connection = client.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
