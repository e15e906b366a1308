package dev.pgbraid.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import org.junit.jupiter.api.Test;

class MetricsIT {
    private final Endpoint shard = PostgresCluster.shared().freshDatabase();
    private final String database = "database=\"" + shard.database() + "\"";

    private ProxyFixture.Setup setup() {
        return ProxyFixture.before(shard).set("admin.enabled", true).set("admin.port", 0);
    }

    private String ofShard(String metric) {
        return metric + "{" + database + ",shard=\"one\"}";
    }

    @Test
    void countsWhatClientsDo() {
        try (ProxyFixture proxy = setup().start();
                WireClient client = proxy.login()) {
            AdminPort admin = AdminPort.of(proxy);
            client.column("SELECT * FROM generate_series(1, 10)");
            assertThatThrownBy(() -> client.column("SELECT 1 / 0")).isInstanceOf(ServerError.class);

            assertThat(admin.value("pgbraid_logins_total{" + database + "}")).isEqualTo(1);
            assertThat(admin.value("pgbraid_statements_total{" + database + ",plan=\"single-shard\"}"))
                    .isEqualTo(2);
            assertThat(admin.value("pgbraid_client_latency_seconds_count{" + database + ",plan=\"single-shard\"}"))
                    .isEqualTo(2);
            assertThat(admin.value("pgbraid_transactions_total{" + database + "}"))
                    .isEqualTo(2);
            assertThat(admin.value(ofShard("pgbraid_backend_rows_total"))).isEqualTo(10);
            assertThat(admin.value(ofShard("pgbraid_checkout_wait_seconds_count")))
                    .isGreaterThanOrEqualTo(2);
            assertThat(admin.value("pgbraid_shard_errors_total{class=\"22\"," + database + ",shard=\"one\"}"))
                    .isEqualTo(1);
            assertThat(admin.value("pgbraid_clients{" + database + ",state=\"idle\"}"))
                    .isEqualTo(1);
            assertThat(admin.value("pgbraid_client_bytes_total{" + database + ",direction=\"received\"}"))
                    .isEqualTo(6 + "SELECT * FROM generate_series(1, 10)".length() + 6 + "SELECT 1 / 0".length());
        }
    }

    @Test
    void showsWhoWaits() {
        try (ProxyFixture proxy = setup().set("pools.size-max", 1).start();
                WireClient first = proxy.login();
                WireClient second = proxy.login()) {
            AdminPort admin = AdminPort.of(proxy);
            first.column("BEGIN; SELECT 1");
            second.send(new Query(ByteString.utf8("SELECT 2")));
            Eventually.isTrue("one waits", () -> admin.value(ofShard("pgbraid_pool_waiting")) == 1);
            assertThat(admin.value(ofShard("pgbraid_pool_saturation"))).isEqualTo(1);
            assertThat(admin.value("pgbraid_clients{" + database + ",state=\"waiting\"}"))
                    .isEqualTo(1);
            assertThat(admin.value("pgbraid_clients{" + database + ",state=\"idle-in-transaction\"}"))
                    .isEqualTo(1);
            first.column("COMMIT");
            second.readUntilReady();
            assertThat(admin.value(ofShard("pgbraid_pool_waiting"))).isZero();
        }
    }

    @Test
    void countsErrorsOfItsOwn() {
        try (ProxyFixture proxy = setup().set("pools.size-max", 1)
                        .set("pools.checkout-timeout", "2s")
                        .start();
                WireClient first = proxy.login();
                WireClient second = proxy.login()) {
            first.column("BEGIN; SELECT 1");
            assertThatThrownBy(() -> second.column("SELECT 2")).isInstanceOf(ServerError.class);
            AdminPort admin = AdminPort.of(proxy);
            assertThat(admin.value("pgbraid_proxy_errors_total{class=\"53\"," + database + "}"))
                    .isEqualTo(1);
            assertThat(admin.value(ofShard("pgbraid_checkouts_refused_total"))).isEqualTo(1);
        }
    }

    /// Clients can make an error of any code, and no more than that.
    @Test
    void clientsCannotMakeLabels() {
        try (ProxyFixture proxy = setup().start();
                WireClient client = proxy.login()) {
            AdminPort admin = AdminPort.of(proxy);
            for (int i = 0; i < 300; i++) {
                String raise = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'Q%04d'; END $$".formatted(i);
                assertThatThrownBy(() -> client.column(raise)).isInstanceOf(ServerError.class);
            }
            assertThat(admin.value("pgbraid_shard_errors_total{class=\"other\"," + database + ",shard=\"one\"}"))
                    .isEqualTo(300);
            assertThat(admin.scrape()).hasSizeLessThan(600);
        }
    }

    /// What ends with a pool is counted still.
    @Test
    void noCountFallsWhenALoginIsGone() {
        try (ProxyFixture proxy = setup().start()) {
            AdminPort admin = AdminPort.of(proxy);
            try (WireClient client = proxy.login()) {
                client.column("SELECT 1");
            }
            double before = admin.value(ofShard("pgbraid_connects_total"));
            proxy.reload(setup().set("auth.users." + shard.user() + ".shard-user", "nobody"));
            Eventually.isTrue(
                    "the connections of the other login have ended",
                    () -> admin.value(ofShard("pgbraid_disconnects_total")) >= before);
            assertThat(admin.value(ofShard("pgbraid_connects_total"))).isGreaterThanOrEqualTo(before);
            proxy.reload(setup());
        }
    }
}
