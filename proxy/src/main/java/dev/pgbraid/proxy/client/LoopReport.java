package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.PoolReport;
import dev.pgbraid.proxy.backend.ShardServer;
import dev.pgbraid.proxy.metrics.DatabaseActivity;
import dev.pgbraid.proxy.metrics.ShardActivity;
import java.util.List;
import java.util.Map;

/// What one event loop has counted, and how its pools stand, at one moment.
///
/// @param databases what was done for clients, by the names of their databases
/// @param shards what was done with shards
/// @param clients how many clients are at what, by the names of their databases
/// @param pendingTasks what waits for the event loop
public record LoopReport(
        Map<String, DatabaseActivity> databases,
        Map<ShardServer, ShardActivity> shards,
        Map<String, Map<ClientState, Integer>> clients,
        List<PoolReport> pools,
        int pendingTasks) {
    public LoopReport {
        databases = Map.copyOf(databases);
        shards = Map.copyOf(shards);
        clients = Map.copyOf(clients);
        pools = List.copyOf(pools);
    }
}
