package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.proxy.backend.PoolReport;
import dev.pgbraid.proxy.backend.ShardServer;
import dev.pgbraid.proxy.client.ClientState;
import dev.pgbraid.proxy.client.LoopReport;
import dev.pgbraid.proxy.metrics.DatabaseActivity;
import dev.pgbraid.proxy.metrics.ShardActivity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What all event loops together have counted, and how their pools stand, at about one moment.
///
/// @param databases those of the configuration, and those that have been
/// @param pools those of all event loops
/// @param pendingTasks what waits for event loops
record Totals(
        SortedMap<String, DatabaseTotals> databases,
        SortedMap<ShardName, ShardTotals> shards,
        List<PoolReport> pools,
        int loops,
        int pendingTasks) {
    Totals {
        databases = Collections.unmodifiableSortedMap(new TreeMap<>(databases));
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
        pools = List.copyOf(pools);
    }

    /// What is known of the clients of a database.
    record DatabaseTotals(DatabaseActivity activity, Map<ClientState, Integer> clients) {
        DatabaseTotals() {
            this(new DatabaseActivity(), new EnumMap<>(ClientState.class));
        }

        int clients(ClientState state) {
            return clients.getOrDefault(state, 0);
        }

        int clientCount() {
            return clients.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// What is known of a shard.
    ///
    /// @param pools to it, of all event loops and logins
    record ShardTotals(ShardActivity activity, List<PoolReport> pools) {
        ShardTotals() {
            this(new ShardActivity(), new ArrayList<>());
        }

        int lent() {
            return pools.stream().mapToInt(PoolReport::lent).sum();
        }

        int idle() {
            return pools.stream().mapToInt(PoolReport::idle).sum();
        }

        int checking() {
            return pools.stream().mapToInt(PoolReport::checking).sum();
        }

        int connecting() {
            return pools.stream().mapToInt(PoolReport::connecting).sum();
        }

        int connections() {
            return lent() + idle() + checking();
        }

        int waiting() {
            return pools.stream().mapToInt(PoolReport::waiting).sum();
        }

        long longestWaitNanos() {
            return pools.stream().mapToLong(PoolReport::longestWaitNanos).max().orElse(0);
        }

        boolean isPaused() {
            return pools.stream().anyMatch(PoolReport::paused);
        }

        /// How full the fullest pool is, where 1 is full. The pools of all event loops have one budget for each login.
        double saturation() {
            return pools.stream()
                    .mapToDouble(pool -> (double) pool.taken() / pool.sizeMax())
                    .max()
                    .orElse(0);
        }

        /// Why there is no connection, if one was tried.
        Optional<String> failure() {
            return connections() > 0
                    ? Optional.empty()
                    : pools.stream().flatMap(pool -> pool.failure().stream()).findFirst();
        }
    }

    static Totals of(List<LoopReport> loops, ProxyConfig config) {
        SortedMap<String, DatabaseTotals> databases = new TreeMap<>();
        SortedMap<ShardName, ShardTotals> shards = new TreeMap<>();
        for (DatabaseConfig database : config.databases()) {
            databases.put(database.name(), new DatabaseTotals());
            database.shards()
                    .forEach(shard -> shards.put(new ShardName(database.name(), shard.name()), new ShardTotals()));
        }
        List<PoolReport> pools = new ArrayList<>();
        int pendingTasks = 0;
        for (LoopReport loop : loops) {
            loop.databases()
                    .forEach((name, activity) -> databases
                            .computeIfAbsent(name, _ -> new DatabaseTotals())
                            .activity()
                            .addAll(activity));
            loop.clients()
                    .forEach((name, states) -> states.forEach((state, count) -> databases
                            .computeIfAbsent(name, _ -> new DatabaseTotals())
                            .clients()
                            .merge(state, count, Integer::sum)));
            loop.shards()
                    .forEach(
                            (server, activity) -> shards.computeIfAbsent(nameOf(server, config), _ -> new ShardTotals())
                                    .activity()
                                    .addAll(activity));
            loop.pools()
                    .forEach(pool -> shards.computeIfAbsent(
                                    nameOf(pool.login().server(), config), _ -> new ShardTotals())
                            .pools()
                            .add(pool));
            pools.addAll(loop.pools());
            pendingTasks += loop.pendingTasks();
        }
        return new Totals(databases, shards, pools, loops.size(), pendingTasks);
    }

    /// Which shard of the configuration a server is. One that has been at another place before keeps its name.
    static ShardName nameOf(ShardServer server, ProxyConfig config) {
        Optional<ShardName> sameName = Optional.empty();
        for (DatabaseConfig database : config.databases()) {
            for (ShardConfig shard : database.shards()) {
                if (server(shard).equals(server)) {
                    return new ShardName(database.name(), shard.name());
                }
                if (sameName.isEmpty() && shard.name().equals(server.shard())) {
                    sameName = Optional.of(new ShardName(database.name(), shard.name()));
                }
            }
        }
        return sameName.orElseGet(() -> new ShardName("", server.shard()));
    }

    static ShardServer server(ShardConfig shard) {
        return new ShardServer(shard.name(), shard.host(), shard.port(), shard.database());
    }
}
