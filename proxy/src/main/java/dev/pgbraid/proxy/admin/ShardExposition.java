package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.metrics.ShardCounter;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The metrics of shards and the pools of connections to them.
final class ShardExposition {
    private static final String DATABASE = "database";
    private static final String SHARD = "shard";

    private ShardExposition() {}

    static void add(MetricFamilies families, Map<ShardName, ShardTotals> shards) {
        addPools(families, shards);
        addWaits(families, shards);
        addConnections(families, shards);
        addTraffic(families, shards);
    }

    private static void addPools(MetricFamilies families, Map<ShardName, ShardTotals> shards) {
        families.gauge(
                "pgbraid_backends",
                "Connections to the shard by what they are at.",
                values -> shards.forEach((name, totals) -> {
                    backends(values, name, "active", totals.lent());
                    backends(values, name, "idle", totals.idle());
                    backends(values, name, "checking", totals.checking());
                    backends(values, name, "connecting", totals.connecting());
                }));
        gauge(
                families,
                "pgbraid_pool_saturation",
                "How full the fullest pool to the shard is; 1 is full.",
                shards,
                ShardTotals::saturation);
        gauge(
                families,
                "pgbraid_pool_paused",
                "1 while no connections to the shard are lent.",
                shards,
                totals -> totals.isPaused() ? 1 : 0);
        gauge(
                families,
                "pgbraid_shard_unreachable",
                "1 when there is no connection to the shard and the last one that was tried failed.",
                shards,
                totals -> totals.failure().isPresent() ? 1 : 0);
    }

    private static void addWaits(MetricFamilies families, Map<ShardName, ShardTotals> shards) {
        gauge(
                families,
                "pgbraid_pool_waiting",
                "Requests that wait for a connection to the shard.",
                shards,
                ShardTotals::waiting);
        gauge(
                families,
                "pgbraid_pool_longest_wait_seconds",
                "How long the first of those that wait has waited.",
                shards,
                totals -> totals.longestWaitNanos() / 1e9);
        families.seconds(
                "pgbraid_checkout_wait_seconds",
                "How long it took to get a connection to the shard.",
                histograms -> shards.forEach((name, totals) ->
                        histograms.add(totals.activity().waits(), DATABASE, name.database(), SHARD, name.shard())));
    }

    private static void addConnections(MetricFamilies families, Map<ShardName, ShardTotals> shards) {
        count(families, "pgbraid_checkouts", "Connections that were lent.", shards, ShardCounter.CHECKOUTS);
        count(
                families,
                "pgbraid_checkouts_refused",
                "Requests that waited for a connection and got none.",
                shards,
                ShardCounter.CHECKOUTS_REFUSED);
        count(families, "pgbraid_connects", "Connections that were made.", shards, ShardCounter.CONNECTS);
        count(
                families,
                "pgbraid_connects_failed",
                "Connections that could not be made.",
                shards,
                ShardCounter.CONNECTS_FAILED);
        count(families, "pgbraid_disconnects", "Connections that have ended.", shards, ShardCounter.DISCONNECTS);
    }

    private static void addTraffic(MetricFamilies families, Map<ShardName, ShardTotals> shards) {
        families.seconds(
                "pgbraid_backend_latency_seconds",
                "How long the shard took to answer a request.",
                histograms -> shards.forEach((name, totals) ->
                        histograms.add(totals.activity().answers(), DATABASE, name.database(), SHARD, name.shard())));
        count(
                families,
                "pgbraid_backend_transactions",
                "Transactions on the shard that have ended.",
                shards,
                ShardCounter.TRANSACTIONS);
        count(families, "pgbraid_backend_rows", "Rows that the shard has sent.", shards, ShardCounter.ROWS);
        count(families, "pgbraid_backend_parses", "Statements that were prepared.", shards, ShardCounter.PARSES);
        families.counter(
                "pgbraid_backend_bytes",
                "Bytes that were sent to the shard, or received.",
                values -> shards.forEach((name, totals) -> {
                    bytes(values, name, "sent", totals, ShardCounter.BYTES_SENT);
                    bytes(values, name, "received", totals, ShardCounter.BYTES_RECEIVED);
                }));
        families.counter(
                "pgbraid_shard_errors",
                "Errors that the shard has answered with, by the class of their SQLSTATE.",
                values -> shards.forEach(
                        (name, totals) -> ErrorClass.count(totals.activity().errors())
                                .forEach((code, count) -> values.add(
                                        count, DATABASE, name.database(), SHARD, name.shard(), "class", code))));
    }

    private static void backends(MetricFamilies.Values values, ShardName name, String state, int count) {
        values.add(count, DATABASE, name.database(), SHARD, name.shard(), "state", state);
    }

    private static void bytes(
            MetricFamilies.Values values, ShardName name, String direction, ShardTotals totals, ShardCounter counter) {
        long bytes = totals.activity().counters().get(counter);
        values.add(bytes, DATABASE, name.database(), SHARD, name.shard(), "direction", direction);
    }

    private static void gauge(
            MetricFamilies families,
            String metric,
            String help,
            Map<ShardName, ShardTotals> shards,
            ToDoubleFunction<ShardTotals> value) {
        families.gauge(
                metric,
                help,
                values -> shards.forEach((name, totals) ->
                        values.add(value.applyAsDouble(totals), DATABASE, name.database(), SHARD, name.shard())));
    }

    private static void count(
            MetricFamilies families,
            String metric,
            String help,
            Map<ShardName, ShardTotals> shards,
            ShardCounter counter) {
        families.counter(
                metric,
                help,
                values -> shards.forEach((name, totals) -> values.add(
                        totals.activity().counters().get(counter), DATABASE, name.database(), SHARD, name.shard())));
    }
}
