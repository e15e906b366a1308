package dev.pgbraid.router.plan;

/// What is known of one statement of a text, its literals included: enough to plan it for any values of its parameters.
public interface Route {
    /// Where the statement runs with these values.
    Plan plan(Parameters parameters);

    /// The highest number of a parameter whose value matters, 0 if none does.
    int lastParameter();

    /// Where it can be asked what parameters and columns it has. Most statements can be described on any shard.
    Plan description();

    /// What is to be told about where it runs with these values.
    Explanation explain(Parameters parameters);
}
