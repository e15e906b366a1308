package dev.pgbraid.router;

import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.plan.Plan;

/// Whether the rows of a query can be gathered.
public sealed interface GatherResult {
    record Gathered(Gathering gathering) implements GatherResult {}

    record Refused(Plan.Refused refusal) implements GatherResult {}
}
