package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Terminate;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many clients one user, or one database, may have.
class ClientLimitIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    @Test
    void aUserHasNoMoreThanTheirOwn() {
        try (ProxyFixture proxy =
                twoUsers().set("limits.clients-max-per-user", 2).start()) {
            Endpoint other = proxy.endpoint().withUser("other", "other's");
            proxy.login();
            proxy.login();
            assertThatThrownBy(proxy::login)
                    .isInstanceOf(ServerError.class)
                    .hasMessage("FATAL 53300: too many connections for role \"" + database.user() + "\"");
            assertThat(proxy.adopt(WireClient.login(other)).value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseHasNoMoreThanItsOwn() {
        try (ProxyFixture proxy = twoUsers()
                .set("limits.clients-max-per-database", 1)
                .set("databases.second.shards.one.host", database.host())
                .set("databases.second.shards.one.port", database.port())
                .set("databases.second.shards.one.database", database.database())
                .start()) {
            Endpoint other = proxy.endpoint().withUser("other", "other's");
            proxy.login();
            assertThatThrownBy(() -> WireClient.login(other))
                    .isInstanceOf(ServerError.class)
                    .hasMessage("FATAL 53300: too many connections for database \"" + database.database() + "\"");
            WireClient second = proxy.adopt(WireClient.login(other.withDatabase("second")));
            assertThat(second.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aPlaceComesBackHoweverItsSessionEnds() {
        try (ProxyFixture proxy = limited()
                        .set("limits.clients-max-per-user", 1)
                        .set("limits.clients-max-per-database", 1)
                        .start();
                Activity activity = new Activity(database)) {
            WireClient client = next(proxy);
            client.send(new Terminate());
            client = next(proxy);
            client.reset();
            client = next(proxy);
            client.query("BEGIN");
            client.reset();
            client = next(proxy);
            client.send(new byte[] {0, 0, 0, 0, 1});
            client = next(proxy);
            client.send(new Query(ByteString.utf8("SELECT pg_sleep(100)")));
            activity.await(1, "query LIKE '%pg_sleep%'");
            activity.direct()
                    .column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)'"
                            + " AND pid <> pg_backend_pid()");
            client.readUntilEnd();
            next(proxy);
            assertThatThrownBy(() -> WireClient.login(proxy.endpoint(), Map.of("no_such_setting", "1")))
                    .hasMessageContaining("53300");
            assertThatThrownBy(proxy::login).hasMessageContaining("53300");
        }
    }

    @Test
    void aLoginThatFailsInTheEndGivesItsPlaceBack() {
        try (ProxyFixture proxy =
                limited().set("limits.clients-max-per-user", 1).start()) {
            assertThatThrownBy(() -> WireClient.login(proxy.endpoint(), Map.of("DateStyle", "nonsense")))
                    .hasMessageContaining("22023");
            assertThat(next(proxy).value("SELECT 1")).isEqualTo("1");
        }
    }

    /// The next client, when the place of the last is free.
    private static WireClient next(ProxyFixture proxy) {
        Eventually.isTrue("the last client is gone", () -> proxy.server().clients() == 0);
        return proxy.login();
    }

    private ProxyFixture.Setup twoUsers() {
        return limited()
                .set("auth.users.other.password", "other's")
                .set("auth.users.other.shard-user", database.user())
                .set("auth.users.other.shard-password", database.password());
    }

    /// The look at the whole pool would itself be too many clients.
    private ProxyFixture.Setup limited() {
        return ProxyFixture.before(database).withoutPoolCheck();
    }
}
