package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What decides about logins changes for new ones, and sessions that there are go on.
class ReloadLoginIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();
    private static final String ROLE = "reloaded";
    private static final String PASSWORD = "a password";

    private final Endpoint database = CLUSTER.freshDatabase();

    @TempDir
    private Path directory;

    private ProxyFixture.Setup before() {
        return ProxyFixture.before(database).withoutPoolCheck();
    }

    private static void assertRefused(Endpoint endpoint, String sqlState) {
        assertThatThrownBy(() -> WireClient.login(endpoint))
                .isInstanceOf(ServerError.class)
                .hasMessageContaining(sqlState);
    }

    @Test
    void rulesAreForNewLogins() {
        try (ProxyFixture proxy = before().start()) {
            WireClient old = proxy.login();
            proxy.reload(before().set("auth.rules.nobody.method", "reject"));
            assertRefused(proxy.endpoint(), "28000");
            assertThat(old.value("SELECT 1")).isEqualTo("1");
            proxy.reload(before().set("auth.rules.everybody.method", "trust"));
            assertThat(proxy.adopt(WireClient.login(proxy.endpoint().withUser(database.user(), "wrong")))
                            .value("SELECT 2"))
                    .isEqualTo("2");
            proxy.reload(before());
            assertRefused(proxy.endpoint().withUser(database.user(), "wrong"), "28P01");
            assertThat(old.value("SELECT 3")).isEqualTo("3");
        }
    }

    @Test
    void theQueryForUsersIsForNewLoginsAndItsUsersGoWithIt() {
        CLUSTER.execute("DROP ROLE IF EXISTS " + ROLE);
        CLUSTER.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        ProxyFixture.Setup asking = before().set(
                        "auth.query.user", CLUSTER.administrator().user())
                .set("auth.query.password", CLUSTER.administrator().password());
        try (ProxyFixture proxy = before().start()) {
            Endpoint role = proxy.endpoint().withUser(ROLE, PASSWORD);
            WireClient named = proxy.login();
            assertRefused(role, "28P01");

            proxy.reload(asking);
            WireClient idle = proxy.adopt(WireClient.login(role));
            WireClient busy = proxy.adopt(WireClient.login(role));
            busy.query("BEGIN");

            proxy.reload(asking.set("auth.query.statement", "SELECT rolname, NULL FROM pg_roles WHERE rolname = $1"));
            assertRefused(role, "28P01");
            assertThat(idle.value("SELECT session_user")).isEqualTo(ROLE);

            proxy.reload(before());
            assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P01");
            assertThat(busy.value("SELECT 1")).isEqualTo("1");
            busy.send(new Query(ByteString.utf8("COMMIT")));
            assertThat(Answers.errors(busy.readUntilEnd())).containsExactly("57P01");
            assertThat(named.value("SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void certificatesAndTheModeOfTlsAreForNewConnections() {
        Authority first = new Authority(directory, "first");
        Authority second = new Authority(directory, "second");
        Authority.Identity one = first.issue("one");
        Authority.Identity two = second.issue("two");
        try (ProxyFixture proxy = before().start()) {
            WireClient plain = proxy.login();
            assertThat(proxy.connect().askForTls()).isEqualTo('N');

            proxy.reload(secured(one));
            WireClient old = begin(proxy, first);
            assertThat(plain.value("SELECT 1")).isEqualTo("1");
            assertRefused(proxy.endpoint(), "28000");

            proxy.reload(secured(two));
            assertThat(begin(proxy, second).value("SELECT 2")).isEqualTo("2");
            assertThatThrownBy(() -> begin(proxy, first)).isInstanceOf(UncheckedIOException.class);
            assertThat(old.value("SELECT 3")).isEqualTo("3");

            ProxyFixture.Setup mismatched = secured(two).set("tls.key", one.key());
            assertThatThrownBy(() -> proxy.reload(mismatched))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("does not hold the key");
            assertThat(begin(proxy, second).value("SELECT 4")).isEqualTo("4");

            proxy.reload(before());
            assertThat(proxy.login().value("SELECT 5")).isEqualTo("5");
            assertThat(old.value("SELECT 6")).isEqualTo("6");
        }
    }

    private ProxyFixture.Setup secured(Authority.Identity identity) {
        return before().set("tls.mode", "require")
                .set("tls.certificate", identity.certificate())
                .set("tls.key", identity.key());
    }

    private static WireClient begin(ProxyFixture proxy, Authority authority) {
        WireClient client = proxy.connect();
        assertThat(client.askForTls()).isEqualTo('S');
        client.beginTls(authority.context());
        client.start(ProtocolVersion.V3_0, Map.of());
        client.authenticate();
        return client;
    }
}
