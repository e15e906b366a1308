package dev.pgbraid.loadtest.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/// What all guests have been through. For several threads.
final class Ledger {
    /// After so many more would say nothing new.
    private static final int FAILURES_MAX = 10;

    private final Map<Activity, LongSummaryStatistics> nanos = new EnumMap<>(Activity.class);
    private final List<String> failures = new ArrayList<>();
    private int felt;

    synchronized void done(Activity activity, long took) {
        nanos.computeIfAbsent(activity, _ -> new LongSummaryStatistics()).accept(took);
    }

    synchronized void failed(String failure) {
        failures.add(failure);
    }

    /// A session has ended because its backend, which had been idle, was.
    synchronized void felt() {
        felt++;
    }

    synchronized int timesFelt() {
        return felt;
    }

    synchronized boolean isHopeless() {
        return failures.size() >= FAILURES_MAX;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /// How long an activity has taken, each time.
    synchronized LongSummaryStatistics nanos(Activity activity) {
        return nanos.getOrDefault(activity, new LongSummaryStatistics());
    }
}
