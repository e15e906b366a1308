package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.List;

/// The template of statements that have one plan, whatever their literals and parameters are.
public record FixedTemplate(Plan plan, Plan description, List<String> reasons) implements Template {
    public FixedTemplate {
        reasons = List.copyOf(reasons);
    }

    /// The template of statements that are described where they run.
    public static FixedTemplate of(Plan plan) {
        return new FixedTemplate(plan, plan, List.of());
    }

    @Override
    public boolean isShardLocal() {
        return switch (plan) {
            case Plan.OnShard _, Plan.OnAnyShard _, Plan.Scatter _ -> true;
            case Plan.Gather _, Plan.Everywhere _, Plan.Refused _ -> false;
        };
    }

    @Override
    public Plan plan(Literals literals, Parameters parameters) {
        return plan;
    }
}
