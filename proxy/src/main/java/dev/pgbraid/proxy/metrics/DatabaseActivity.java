package dev.pgbraid.proxy.metrics;

import java.util.EnumMap;
import java.util.Map;

/// What one event loop has done for the clients of a database, or all of them together.
public final class DatabaseActivity {
    private final Tally<DatabaseCounter> counters = new Tally<>(DatabaseCounter.class);
    private final Tally<PlanKind> statements = new Tally<>(PlanKind.class);
    private final Map<PlanKind, Histogram> latencies = new EnumMap<>(PlanKind.class);
    private final Histogram merges = Histogram.ofLatencies();
    private final Histogram widths = Histogram.ofWidths();
    private final Histogram readings = Histogram.ofLatencies();
    private final ErrorTally errors = new ErrorTally();

    public DatabaseActivity() {
        for (PlanKind kind : PlanKind.values()) {
            latencies.put(kind, Histogram.ofLatencies());
        }
    }

    public Tally<DatabaseCounter> counters() {
        return counters;
    }

    /// How many statements were run in requests of each kind.
    public Tally<PlanKind> statements() {
        return statements;
    }

    /// How long clients waited for the end of the answer.
    public Histogram latencies(PlanKind kind) {
        Histogram latency = latencies.get(kind);
        if (latency == null) {
            throw new IllegalStateException("no latencies of " + kind);
        }
        return latency;
    }

    /// How long it took to make one answer of what several shards were asked.
    public Histogram merges() {
        return merges;
    }

    /// How many shards such a request was for.
    public Histogram widths() {
        return widths;
    }

    /// How long it took to read a text that was new.
    public Histogram readings() {
        return readings;
    }

    /// Errors of the proxy's own that clients were told.
    public ErrorTally errors() {
        return errors;
    }

    public DatabaseActivity copy() {
        DatabaseActivity copy = new DatabaseActivity();
        copy.addAll(this);
        return copy;
    }

    public void addAll(DatabaseActivity other) {
        counters.addAll(other.counters);
        statements.addAll(other.statements);
        latencies.forEach((kind, histogram) -> histogram.addAll(other.latencies(kind)));
        merges.addAll(other.merges);
        widths.addAll(other.widths);
        readings.addAll(other.readings);
        errors.addAll(other.errors);
    }
}
