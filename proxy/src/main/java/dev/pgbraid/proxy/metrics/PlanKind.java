package dev.pgbraid.proxy.metrics;

import java.util.Locale;

/// How a request was run. Of a request of several statements the kind that comes last here counts.
public enum PlanKind {
    /// By the proxy itself.
    LOCAL,
    /// On one shard.
    SINGLE_SHARD,
    /// On several shards, whose rows follow one another.
    SCATTER,
    /// Over rows that were gathered from several shards.
    GATHER,
    /// On one shard after another, as definitions are.
    EVERYWHERE,
    /// Not at all.
    REFUSED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// As it is called in metrics and logs.
    public String label() {
        return label;
    }
}
