package dev.pgbraid.proxy.metrics;

/// What one event loop has done with a shard, or all of them together.
public final class ShardActivity {
    private final Tally<ShardCounter> counters = new Tally<>(ShardCounter.class);
    private final Histogram waits = Histogram.ofLatencies();
    private final Histogram answers = Histogram.ofLatencies();
    private final ErrorTally errors = new ErrorTally();

    public Tally<ShardCounter> counters() {
        return counters;
    }

    /// How long backends were waited for.
    public Histogram waits() {
        return waits;
    }

    /// How long the server took to answer a request.
    public Histogram answers() {
        return answers;
    }

    /// What the server answered with errors.
    public ErrorTally errors() {
        return errors;
    }

    public ShardActivity copy() {
        ShardActivity copy = new ShardActivity();
        copy.addAll(this);
        return copy;
    }

    public void addAll(ShardActivity other) {
        counters.addAll(other.counters);
        waits.addAll(other.waits);
        answers.addAll(other.answers);
        errors.addAll(other.errors);
    }
}
