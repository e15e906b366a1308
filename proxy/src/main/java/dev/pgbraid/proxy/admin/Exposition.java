package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.admin.Totals.DatabaseTotals;
import dev.pgbraid.proxy.client.ClientState;
import dev.pgbraid.proxy.metrics.DatabaseCounter;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.metrics.Tally;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// The metrics of the proxy's own. A scrape asks every event loop once.
///
/// Labels are names of the configuration, or of a fixed set: clients cannot make any.
final class Exposition implements MultiCollector {
    private static final String DATABASE = "database";

    private final ProxyView proxy;

    Exposition(ProxyView proxy) {
        this.proxy = proxy;
    }

    @Override
    public MetricSnapshots collect() {
        MetricFamilies families = new MetricFamilies();
        Totals totals = proxy.totals();
        addProxy(families, totals);
        addClients(families, totals.databases());
        addStatements(families, totals.databases());
        addRouting(families, totals.databases());
        ShardExposition.add(families, totals.shards());
        return families.build();
    }

    private void addProxy(MetricFamilies families, Totals totals) {
        families.gauge(
                "pgbraid_build",
                "Always 1; the labels say what runs.",
                values -> values.add(
                        1, "version", proxy.version(), "java", Runtime.version().toString()));
        families.gauge(
                "pgbraid_uptime_seconds",
                "How long the proxy has run.",
                values -> values.add(
                        Duration.between(proxy.started(), Instant.now()).toMillis() / 1e3));
        families.gauge(
                "pgbraid_accepting",
                "1 while new clients are taken, 0 while the proxy drains.",
                values -> values.add(proxy.isOpen().getAsBoolean() ? 1 : 0));
        addLoops(families, totals);
        addPlaces(families);
        addDatabases(families);
    }

    private static void addLoops(MetricFamilies families, Totals totals) {
        families.gauge("pgbraid_event_loops", "Event loops.", values -> values.add(totals.loops()));
        families.gauge(
                "pgbraid_event_loop_tasks",
                "Tasks that wait for an event loop.",
                values -> values.add(totals.pendingTasks()));
    }

    private void addPlaces(MetricFamilies families) {
        families.gauge(
                "pgbraid_clients_max",
                "Clients that are allowed at once: limits.clients-max.",
                values -> values.add(proxy.config().get().limits().clientsMax()));
        families.gauge(
                "pgbraid_clients_connected",
                "Clients that are connected and past the first message.",
                values -> values.add(proxy.survey().clientCount()));
        families.gauge(
                "pgbraid_clients_logging_in",
                "Connections that have not logged in yet.",
                values -> values.add(proxy.survey().logins()));
    }

    private void addDatabases(MetricFamilies families) {
        families.gauge(
                "pgbraid_epoch",
                "The number of the placement in force.",
                values -> proxy.clusters()
                        .forEach((name, cluster) ->
                                values.add(cluster.state().stored().epoch(), DATABASE, name)));
        families.gauge(
                "pgbraid_shards",
                "Shards of the database.",
                values -> proxy.config()
                        .get()
                        .databases()
                        .forEach(database -> values.add(shards(database), DATABASE, database.name())));
    }

    private static int shards(DatabaseConfig database) {
        return database.shards().size();
    }

    private static void addClients(MetricFamilies families, Map<String, DatabaseTotals> databases) {
        families.gauge("pgbraid_clients", "Clients by what they are at.", values -> {
            for (ClientState state : ClientState.values()) {
                String label = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
                databases.forEach((name, totals) -> values.add(totals.clients(state), DATABASE, name, "state", label));
            }
        });
        count(families, "pgbraid_logins", "Clients that have logged in.", databases, DatabaseCounter.LOGINS);
        families.counter(
                "pgbraid_client_bytes",
                "Bytes that clients have sent, or were sent.",
                values -> databases.forEach((name, totals) -> {
                    Tally<DatabaseCounter> counters = totals.activity().counters();
                    values.add(counters.get(DatabaseCounter.BYTES_RECEIVED), DATABASE, name, "direction", "received");
                    values.add(counters.get(DatabaseCounter.BYTES_SENT), DATABASE, name, "direction", "sent");
                }));
        families.counter(
                "pgbraid_proxy_errors",
                "Errors of the proxy's own, by the class of their SQLSTATE.",
                values -> databases.forEach(
                        (name, totals) -> ErrorClass.count(totals.activity().errors())
                                .forEach((code, count) -> values.add(count, DATABASE, name, "class", code))));
    }

    private static void addStatements(MetricFamilies families, Map<String, DatabaseTotals> databases) {
        families.counter("pgbraid_statements", "Statements, by how their request was run.", values -> {
            for (PlanKind plan : PlanKind.values()) {
                databases.forEach((name, totals) ->
                        values.add(totals.activity().statements().get(plan), DATABASE, name, "plan", plan.label()));
            }
        });
        count(
                families,
                "pgbraid_transactions",
                "Transactions that clients were told the end of.",
                databases,
                DatabaseCounter.TRANSACTIONS);
        families.seconds(
                "pgbraid_client_latency_seconds",
                "How long a client waited for the end of the answer to a request.",
                histograms -> {
                    for (PlanKind plan : PlanKind.values()) {
                        databases.forEach((name, totals) -> histograms.add(
                                totals.activity().latencies(plan), DATABASE, name, "plan", plan.label()));
                    }
                });
        families.seconds(
                "pgbraid_merge_seconds",
                "How long it took to make one answer of those of several shards, from when they were asked.",
                histograms -> databases.forEach(
                        (name, totals) -> histograms.add(totals.activity().merges(), DATABASE, name)));
        families.sizes(
                "pgbraid_fan_out_shards",
                "How many shards a request for several of them was for.",
                histograms -> databases.forEach(
                        (name, totals) -> histograms.add(totals.activity().widths(), DATABASE, name)));
    }

    private static void addRouting(MetricFamilies families, Map<String, DatabaseTotals> databases) {
        count(
                families,
                "pgbraid_route_hits",
                "Texts whose routes were known, by text or by shape.",
                databases,
                DatabaseCounter.ROUTES_KNOWN);
        count(
                families,
                "pgbraid_route_misses",
                "Texts that had to be read first.",
                databases,
                DatabaseCounter.ROUTES_READ);
        families.seconds(
                "pgbraid_parse_seconds",
                "How long it took to read a text that was new, on another thread.",
                histograms -> databases.forEach(
                        (name, totals) -> histograms.add(totals.activity().readings(), DATABASE, name)));
    }

    private static void count(
            MetricFamilies families,
            String metric,
            String help,
            Map<String, DatabaseTotals> databases,
            DatabaseCounter counter) {
        ToLongFunction<DatabaseTotals> value =
                totals -> totals.activity().counters().get(counter);
        families.counter(
                metric,
                help,
                values -> databases.forEach((name, totals) -> values.add(value.applyAsLong(totals), DATABASE, name)));
    }
}
