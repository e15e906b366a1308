package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserQueryIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();
    private static final String ROLE = "looked \"up\"; it's me";
    private static final String QUOTED = "\"looked \"\"up\"\"; it's me\"";
    private static final String PASSWORD = "a password";

    private final Endpoint database = CLUSTER.freshDatabase();

    @BeforeEach
    void makeRole() {
        CLUSTER.execute("DROP ROLE IF EXISTS " + QUOTED);
        CLUSTER.execute("CREATE ROLE " + QUOTED + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @AfterEach
    void dropRole() {
        CLUSTER.execute("DROP ROLE IF EXISTS " + QUOTED);
    }

    private ProxyFixture.Setup setup() {
        Endpoint administrator = CLUSTER.administrator();
        return ProxyFixture.before(database)
                .set("auth.query.user", administrator.user())
                .set("auth.query.password", administrator.password())
                .set("auth.query.cache-time", "0s")
                .withoutPoolCheck();
    }

    private static Endpoint role(ProxyFixture proxy) {
        return proxy.endpoint().withUser(ROLE, PASSWORD);
    }

    private static void assertRefused(Endpoint endpoint, String sqlState) {
        assertThatThrownBy(() -> WireClient.login(endpoint))
                .isInstanceOf(ServerError.class)
                .hasMessageContaining(sqlState);
    }

    @Test
    void aRoleOfTheShardLogsInAsItself() {
        try (ProxyFixture proxy = setup().start()) {
            WireClient client = proxy.adopt(WireClient.login(role(proxy)));
            assertThat(client.value("SELECT session_user")).isEqualTo(ROLE);
            assertRefused(role(proxy).withUser(ROLE, "wrong"), "28P01");
            assertRefused(role(proxy).withUser("nobody", PASSWORD), "28P01");
        }
    }

    @Test
    void usersOfTheConfigurationGoFirst() {
        try (ProxyFixture proxy = setup().start()) {
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
            assertRefused(proxy.endpoint().withUser(database.user(), database.password()), "28P01");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VALID UNTIL '2000-01-01'", "NOLOGIN", "PASSWORD NULL"})
    void whoMayNotLogInAtTheShardMayNotHere(String change) {
        try (ProxyFixture proxy = setup().start()) {
            proxy.adopt(WireClient.login(role(proxy)));
            CLUSTER.execute("ALTER ROLE " + QUOTED + " " + change);
            assertRefused(role(proxy), "28P01");
        }
    }

    @Test
    void anAnswerIsGoodForTheTimeOfTheCache() {
        try (ProxyFixture proxy = setup().set("auth.query.cache-time", "300ms")
                .set("listen.threads", 1)
                .start()) {
            proxy.adopt(WireClient.login(role(proxy)));
            CLUSTER.execute("ALTER ROLE " + QUOTED + " VALID UNTIL '2000-01-01'");
            Eventually.isTrue("the answer is asked for again", () -> !canLogIn(role(proxy)));
        }
    }

    private static boolean canLogIn(Endpoint endpoint) {
        try (WireClient client = WireClient.login(endpoint)) {
            return client.parameters().containsKey("server_version");
        } catch (ServerError refused) {
            return false;
        }
    }

    /// CVE-2025-12819: a search path of the client's must not decide what the query of the proxy calls.
    @Test
    void theSettingsOfAClientDoNotTouchTheQuery() {
        String statement = "SELECT rolname, CASE WHEN current_setting('search_path') = 'pg_catalog'"
                + " THEN rolpassword END FROM pg_authid WHERE rolname = $1";
        try (ProxyFixture proxy = setup().set("auth.query.statement", statement).start()) {
            Map<String, String> settings = Map.of("search_path", "trap, pg_catalog");
            WireClient client = proxy.adopt(WireClient.login(role(proxy), settings));
            assertThat(client.value("SHOW search_path")).isEqualTo("trap, pg_catalog");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1/0, $1",
                "SELECT $1::text",
                "SELECT $1::text, 'md50123456789abcdef'",
                "SELECT $1::text, 'a password'",
                "SELECT $1::text, 'x' FROM generate_series(1, 2)",
                "SELECT",
                "SELEC",
                "BEGIN"
            })
    void aQueryThatDoesNotWorkIsNoSecretOfTheShard(String statement) {
        try (ProxyFixture proxy = setup().set("auth.query.statement", statement).start()) {
            assertThatThrownBy(() -> WireClient.login(role(proxy)))
                    .isInstanceOf(ServerError.class)
                    .hasMessage("FATAL 08001: users cannot be looked up at the moment");
        }
    }

    @Test
    void aClientThatLeavesDuringTheQueryLeavesNothingBehind() {
        String statement = "SELECT $1::text, pg_sleep(60)::text";
        try (ProxyFixture proxy = setup().set("auth.query.statement", statement).start()) {
            WireClient client = proxy.adopt(WireClient.connect(role(proxy)));
            client.start(ProtocolVersion.V3_0, Map.of());
            try (WireClient observer = WireClient.login(CLUSTER.administrator())) {
                String sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '"
                        + database.database() + "'";
                Eventually.isTrue("it is asked", () -> observer.value(sleeping).equals("1"));
                client.reset();
                Eventually.isTrue(
                        "it is canceled", () -> observer.value(sleeping).equals("0"));
            }
        }
    }

    @Test
    void whoIsNotThereIsAskedTheSame() {
        try (ProxyFixture proxy = setup().start()) {
            for (String name : new String[] {ROLE, "nobody"}) {
                WireClient client =
                        proxy.adopt(WireClient.connect(proxy.endpoint().withUser(name, "")));
                client.start(ProtocolVersion.V3_0, Map.of());
                assertThat(client.read()).isInstanceOf(AuthenticationSasl.class);
            }
        }
    }
}
