package dev.pgbraid.proxy.demo;

import dev.pgbraid.config.AdminConfig;
import dev.pgbraid.config.AuthConfig;
import dev.pgbraid.config.ControlConfig;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.config.ListenConfig;
import dev.pgbraid.config.LoggingConfig;
import dev.pgbraid.config.PeersConfig;
import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.Secret;
import dev.pgbraid.config.SessionTimeoutConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.config.TimeoutConfig;
import dev.pgbraid.config.TlsConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.proxy.ProxyServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Embedded servers with the shop's data, and a proxy in front.
public final class Demo implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final DemoServers servers;
    private final ProxyServer proxy;

    private Demo(DemoServers servers, ProxyServer proxy) {
        this.servers = servers;
        this.proxy = proxy;
    }

    /// Starts everything; nothing is left behind when that fails or the thread is interrupted.
    public static Demo start(DemoOptions options) {
        DemoServers servers = DemoServers.start(options.shards(), options.keep());
        try {
            return new Demo(servers, ProxyServer.start(config(options, servers)));
        } catch (RuntimeException failed) {
            servers.close();
            throw failed;
        }
    }

    /// The port that the proxy listens on.
    public int port() {
        return proxy.port();
    }

    /// What there is and how to use it.
    public String greeting() {
        StringBuilder text = new StringBuilder();
        text.append("\npgbraid serves the database shop from PostgreSQL ")
                .append(servers.version())
                .append(":\n\n");
        for (DemoServers.Server each : servers.list()) {
            text.append("  %-9s port %-6d %s%n"
                    .formatted(each.name(), each.server().port(), each.server().directory()));
        }
        return text.append("\nUsers and their orders are spread over these by the user; products and countries are on")
                .append(" all of them.\nConnect with:\n\n  ")
                .append("psql \"host=%s port=%d user=%s dbname=%s password=%s\""
                        .formatted(HOST, port(), Shop.USER, Shop.DATABASE, Shop.PASSWORD))
                .append("""


                    Try, with EXPLAIN (ROUTE) before it to see where it runs:

                      SELECT * FROM users WHERE id = 42;
                      SELECT o.id, i.quantity, p.name FROM orders o JOIN order_items i
                        ON i.user_id = o.user_id AND i.order_id = o.id
                        JOIN products p ON p.id = i.product_id WHERE o.user_id = 42;
                      SELECT id, name FROM users WHERE country = 'NZ';
                      SELECT country, count(*) FROM users GROUP BY country ORDER BY 2 DESC LIMIT 3;

                    Ctrl-C stops everything.\
                    """)
                .toString();
    }

    @Override
    public void close() {
        proxy.close();
        servers.close();
    }

    private static ProxyConfig config(DemoOptions options, DemoServers servers) {
        List<ShardConfig> shards = new ArrayList<>();
        for (DemoServers.Server each : servers.list()) {
            shards.add(new ShardConfig(
                    each.name(), each.server().host(), each.server().port(), Shop.DATABASE, ShardTlsConfig.DEFAULT));
        }
        Secret password = new Secret(Shop.PASSWORD);
        ControlConfig control = new ControlConfig(
                Optional.of(Shop.USER),
                Optional.of(password),
                Optional.empty(),
                ControlConfig.DEFAULT.etcd(),
                ControlConfig.DEFAULT.pollInterval(),
                ControlConfig.DEFAULT.startTimeout());
        return new ProxyConfig(
                new ListenConfig(HOST, options.port(), 0, ListenConfig.Transport.AUTO),
                TlsConfig.DEFAULT,
                AuthConfig.of(List.of(UserConfig.of(Shop.USER, password))),
                List.of(new DatabaseConfig(
                        Shop.DATABASE, shards, control, List.of(), Shop.tables(), SessionTimeoutConfig.DEFAULT)),
                PoolConfig.DEFAULT,
                TimeoutConfig.DEFAULT,
                PeersConfig.DEFAULT,
                LimitConfig.DEFAULT,
                LoggingConfig.DEFAULT,
                options.adminPort()
                        .map(port -> AdminConfig.of(true, HOST, port))
                        .orElse(AdminConfig.DEFAULT));
    }
}
