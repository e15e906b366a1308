package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.admin.Totals.DatabaseTotals;
import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.client.ClientState;
import dev.pgbraid.proxy.control.json.Json;
import dev.pgbraid.proxy.metrics.DatabaseCounter;
import dev.pgbraid.proxy.metrics.ErrorTally;
import dev.pgbraid.proxy.metrics.Histogram;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.metrics.ShardCounter;
import dev.pgbraid.proxy.metrics.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// The most telling numbers of the proxy as JSON, for people and scripts. Times are in microseconds.
final class Statistics {
    private static final long NANOS_PER_MICRO = 1000;

    private Statistics() {}

    static String of(ProxyView proxy) {
        Totals totals = proxy.totals();
        SequencedMap<String, Json> all = new LinkedHashMap<>();
        all.put("version", new Json.Text(proxy.version()));
        all.put("uptime_seconds", new Json.Whole(uptime(proxy).toSeconds()));
        all.put("accepting", new Json.Flag(proxy.isOpen().getAsBoolean()));
        all.put("clients", new Json.Whole(proxy.survey().clientCount()));
        all.put("logins_under_way", new Json.Whole(proxy.survey().logins()));
        SequencedMap<String, Json> databases = new LinkedHashMap<>();
        totals.databases().forEach((name, database) -> databases.put(name, database(proxy, totals, name, database)));
        all.put("databases", new Json.Members(databases));
        return new Json.Members(all).write();
    }

    private static Duration uptime(ProxyView proxy) {
        return Duration.between(proxy.started(), Instant.now());
    }

    private static Json database(ProxyView proxy, Totals totals, String name, DatabaseTotals database) {
        SequencedMap<String, Json> all = new LinkedHashMap<>();
        all.put("epoch", new Json.Whole(proxy.epoch(name)));
        SequencedMap<String, Json> clients = new LinkedHashMap<>();
        for (ClientState state : ClientState.values()) {
            clients.put(state.name().toLowerCase(Locale.ROOT), new Json.Whole(database.clients(state)));
        }
        all.put("clients", new Json.Members(clients));
        all.putAll(counters(database.activity().counters(), DatabaseCounter.class));
        SequencedMap<String, Json> plans = new LinkedHashMap<>();
        for (PlanKind plan : PlanKind.values()) {
            SequencedMap<String, Json> numbers = latency(database.activity().latencies(plan));
            numbers.put(
                    "statements",
                    new Json.Whole(database.activity().statements().get(plan)));
            plans.put(plan.label(), new Json.Members(numbers));
        }
        all.put("plans", new Json.Members(plans));
        all.put("errors", errors(database.activity().errors()));
        SequencedMap<String, Json> shards = new LinkedHashMap<>();
        totals.shards().forEach((shard, numbers) -> {
            if (shard.database().equals(name)) {
                shards.put(shard.shard(), shard(numbers));
            }
        });
        all.put("shards", new Json.Members(shards));
        return new Json.Members(all);
    }

    private static Json shard(ShardTotals shard) {
        SequencedMap<String, Json> all = new LinkedHashMap<>();
        all.put("backends_active", new Json.Whole(shard.lent()));
        all.put("backends_idle", new Json.Whole(shard.idle()));
        all.put("backends_connecting", new Json.Whole(shard.connecting()));
        all.put("waiting", new Json.Whole(shard.waiting()));
        all.put("paused", new Json.Flag(shard.isPaused()));
        all.put("unreachable", shard.failure().<Json>map(Json.Text::new).orElseGet(Json.Null::new));
        all.putAll(counters(shard.activity().counters(), ShardCounter.class));
        all.put("answers", new Json.Members(latency(shard.activity().answers())));
        all.put("waits", new Json.Members(latency(shard.activity().waits())));
        all.put("errors", errors(shard.activity().errors()));
        return new Json.Members(all);
    }

    private static <K extends Enum<K>> SequencedMap<String, Json> counters(Tally<K> tally, Class<K> kinds) {
        SequencedMap<String, Json> counters = new LinkedHashMap<>();
        for (K kind : kinds.getEnumConstants()) {
            counters.put(kind.name().toLowerCase(Locale.ROOT), new Json.Whole(tally.get(kind)));
        }
        return counters;
    }

    private static SequencedMap<String, Json> latency(Histogram histogram) {
        SequencedMap<String, Json> numbers = new LinkedHashMap<>();
        numbers.put("count", new Json.Whole(histogram.count()));
        numbers.put("total_micros", new Json.Whole(histogram.sum() / NANOS_PER_MICRO));
        numbers.put("median_at_most_micros", micros(histogram, 0.5));
        numbers.put("p99_at_most_micros", micros(histogram, 0.99));
        return numbers;
    }

    /// Above all bounds there is no number to give.
    private static Json micros(Histogram histogram, double fraction) {
        double bound = histogram.quantileBound(fraction);
        return Double.isInfinite(bound) ? new Json.Null() : new Json.Whole((long) bound / NANOS_PER_MICRO);
    }

    private static Json errors(ErrorTally tally) {
        SequencedMap<String, Json> errors = new LinkedHashMap<>();
        tally.forEach((code, entry) -> errors.put(code, new Json.Whole(entry.count())));
        return new Json.Members(errors);
    }
}
