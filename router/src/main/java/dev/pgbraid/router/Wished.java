package dev.pgbraid.router;

import dev.pgbraid.router.plan.Plan;

/// What the wish of one statement makes of its plans.
record Wished(Wishes wishes, Wish wish, Known known) {

    Plan plan(Plan proven) {
        return wishes.plan(wish, proven, known.reach(), known.traits().hintedOnly());
    }

    /// Where the statement can be described: all shards that can run it can do that too.
    Plan description() {
        Plan description = known.template().description();
        return wish instanceof Wish.Anywhere || description instanceof Plan.OnAnyShard
                ? description
                : plan(description);
    }
}
