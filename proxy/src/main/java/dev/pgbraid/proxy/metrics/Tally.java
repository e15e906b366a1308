package dev.pgbraid.proxy.metrics;

import java.util.EnumMap;
import java.util.Map;

/// A count for each constant of an enum.
public final class Tally<K extends Enum<K>> {
    private final Map<K, Count> counts;

    private static final class Count {
        private long value;
    }

    public Tally(Class<K> kinds) {
        counts = new EnumMap<>(kinds);
        for (K kind : kinds.getEnumConstants()) {
            counts.put(kind, new Count());
        }
    }

    public void add(K kind, long amount) {
        count(kind).value += amount;
    }

    public long get(K kind) {
        return count(kind).value;
    }

    /// Adds what another one has counted.
    public void addAll(Tally<K> other) {
        other.counts.forEach((kind, count) -> add(kind, count.value));
    }

    private Count count(K kind) {
        Count count = counts.get(kind);
        if (count == null) {
            throw new IllegalStateException("no count of " + kind);
        }
        return count;
    }
}
