package dev.pgbraid.proxy.admin;

import java.time.Duration;
import java.util.Map;

/// Remembers what was counted a while ago, so that averages can be told.
///
/// They are over at least a minute, up to the last time that somebody asked for them, or since the start.
final class Averages {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private Map<String, DatabaseNumbers> before = Map.of();
    private Map<String, DatabaseNumbers> last = Map.of();
    private long beforeNanos = System.nanoTime();
    private long lastNanos = beforeNanos;

    /// What the averages are of.
    ///
    /// @param before what had been counted at the beginning, by database
    record Span(Map<String, DatabaseNumbers> before, Map<String, DatabaseNumbers> after, double seconds) {
        Span {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
        }
    }

    synchronized Span of(Map<String, DatabaseNumbers> now) {
        long nanos = System.nanoTime();
        if (nanos - lastNanos >= PERIOD.toNanos()) {
            before = last;
            beforeNanos = lastNanos;
            last = Map.copyOf(now);
            lastNanos = nanos;
        }
        boolean isFirst = lastNanos == beforeNanos;
        double seconds = ((isFirst ? nanos : lastNanos) - beforeNanos) / 1e9;
        return new Span(before, isFirst ? now : last, seconds);
    }
}
