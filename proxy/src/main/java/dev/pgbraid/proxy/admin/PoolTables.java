package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.proxy.admin.Totals.DatabaseTotals;
import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.backend.PoolReport;
import dev.pgbraid.proxy.client.ClientReport;
import dev.pgbraid.proxy.client.ClientState;
import dev.pgbraid.proxy.console.Column;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Shows pools, databases and users in PgBouncer's columns. A pool of its is one of a user and a database; here that
/// is all connections to all shards of the database.
final class PoolTables {
    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final String POOL_MODE = "transaction";

    private static final List<Column> POOLS = ConsoleTable.columns(
            "database",
            "user",
            "#cl_active",
            "#cl_waiting",
            "#cl_active_cancel_req",
            "#cl_waiting_cancel_req",
            "#sv_active",
            "#sv_active_cancel",
            "#sv_being_canceled",
            "#sv_idle",
            "#sv_used",
            "#sv_tested",
            "#sv_login",
            "#maxwait",
            "#maxwait_us",
            "pool_mode",
            "load_balance_hosts");

    private static final List<Column> DATABASES = ConsoleTable.columns(
            "name",
            "host",
            "#port",
            "database",
            "force_user",
            "#pool_size",
            "#min_pool_size",
            "#reserve_pool_size",
            "#server_lifetime",
            "pool_mode",
            "load_balance_hosts",
            "#max_connections",
            "#current_connections",
            "#max_client_connections",
            "#current_client_connections",
            "#paused",
            "#disabled");

    private static final List<Column> USERS = ConsoleTable.columns(
            "name",
            "#pool_size",
            "#reserve_pool_size",
            "pool_mode",
            "#max_user_connections",
            "#current_connections",
            "#max_user_client_connections",
            "#current_client_connections");

    private final ProxyView proxy;

    PoolTables(ProxyView proxy) {
        this.proxy = proxy;
    }

    List<Command> commands() {
        return List.of(
                Command.show("POOLS", POOLS, this::pools),
                Command.show("DATABASES", DATABASES, this::databases),
                Command.show("USERS", USERS, this::users),
                Command.show("LISTS", ConsoleTable.columns("list", "#items"), this::lists));
    }

    /// What is shown of one pool.
    private static final class Pool {
        int active;
        int waiting;
        int lent;
        int idle;
        int checking;
        int connecting;
        long longestWaitNanos;

        void add(PoolReport report) {
            lent += report.lent();
            idle += report.idle();
            checking += report.checking();
            connecting += report.connecting();
            longestWaitNanos = Math.max(longestWaitNanos, report.longestWaitNanos());
        }
    }

    private record PoolName(String database, String user) implements Comparable<PoolName> {
        @Override
        public int compareTo(PoolName other) {
            int byDatabase = database.compareTo(other.database);
            return byDatabase == 0 ? user.compareTo(other.user) : byDatabase;
        }
    }

    private SortedMap<PoolName, Pool> allPools() {
        SortedMap<PoolName, Pool> pools = new TreeMap<>();
        for (ClientReport client : ProxyView.await(proxy.survey().clients())) {
            Pool pool = pools.computeIfAbsent(new PoolName(client.database(), client.user()), _ -> new Pool());
            if (client.state() == ClientState.WAITING) {
                pool.waiting++;
            } else {
                pool.active++;
            }
        }
        for (PoolReport report : proxy.totals().pools()) {
            String database =
                    Totals.nameOf(report.login().server(), proxy.config().get()).database();
            pools.computeIfAbsent(new PoolName(database, report.login().user()), _ -> new Pool())
                    .add(report);
        }
        return pools;
    }

    private void pools(ConsoleTable table) {
        allPools()
                .forEach((name, pool) -> table.add(
                        name.database,
                        name.user,
                        pool.active,
                        pool.waiting,
                        0,
                        0,
                        pool.lent,
                        0,
                        0,
                        pool.idle,
                        0,
                        pool.checking,
                        pool.connecting,
                        pool.longestWaitNanos / NANOS_PER_MICRO / MICROS,
                        pool.longestWaitNanos / NANOS_PER_MICRO % MICROS,
                        POOL_MODE,
                        null));
    }

    /// PgBouncer has one server for a database: where there are several, the first stands for them.
    private void databases(ConsoleTable table) {
        ProxyConfig config = proxy.config().get();
        PoolConfig pools = config.pools();
        Totals totals = proxy.totals();
        for (DatabaseConfig database : config.databases()) {
            ShardConfig first = database.shards().getFirst();
            List<ShardTotals> shards = totals.shards().entrySet().stream()
                    .filter(entry -> entry.getKey().database().equals(database.name()))
                    .map(Map.Entry::getValue)
                    .toList();
            DatabaseTotals clients = totals.databases().get(database.name());
            table.add(
                    database.name(),
                    first.host(),
                    first.port(),
                    first.database(),
                    null,
                    pools.sizeMax(),
                    pools.sizeMin(),
                    0,
                    pools.lifetimeMax().toSeconds(),
                    POOL_MODE,
                    null,
                    0,
                    shards.stream().mapToInt(ShardTotals::connections).sum(),
                    config.limits().clientsMaxPerDatabase().orElse(0),
                    clients == null ? 0 : clients.clientCount(),
                    shards.stream().anyMatch(ShardTotals::isPaused) ? 1 : 0,
                    0);
        }
    }

    private void users(ConsoleTable table) {
        ProxyConfig config = proxy.config().get();
        Totals totals = proxy.totals();
        List<ClientReport> clients = ProxyView.await(proxy.survey().clients());
        for (UserConfig user : config.auth().users()) {
            table.add(
                    user.name(),
                    config.pools().sizeMax(),
                    0,
                    POOL_MODE,
                    0,
                    totals.pools().stream()
                            .filter(pool -> pool.login().user().equals(user.shardUser()))
                            .mapToInt(pool -> pool.lent() + pool.idle() + pool.checking())
                            .sum(),
                    config.limits().clientsMaxPerUser().orElse(0),
                    clients.stream()
                            .filter(client -> client.user().equals(user.name()))
                            .count());
        }
    }

    private void lists(ConsoleTable table) {
        ProxyConfig config = proxy.config().get();
        Totals totals = proxy.totals();
        int used = totals.databases().values().stream()
                .mapToInt(DatabaseTotals::clientCount)
                .sum();
        table.add("databases", config.databases().size());
        table.add("users", config.auth().users().size());
        table.add("pools", allPools().size());
        table.add("free_clients", 0);
        table.add("used_clients", used);
        table.add("login_clients", proxy.survey().logins());
        table.add(
                "free_servers",
                totals.pools().stream().mapToInt(PoolReport::idle).sum());
        table.add(
                "used_servers",
                totals.pools().stream().mapToInt(PoolReport::lent).sum());
        table.add("dns_names", 0);
        table.add("dns_zones", 0);
        table.add("dns_queries", 0);
        table.add("dns_pending", 0);
    }
}
