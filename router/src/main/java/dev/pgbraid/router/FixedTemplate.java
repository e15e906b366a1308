package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.analysis.Template;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.List;

/// The template of statements that run in one way whatever their literals and parameters are.
record FixedTemplate(Plan plan, Plan description, List<String> reasons) implements Template {
    FixedTemplate {
        reasons = List.copyOf(reasons);
    }

    static FixedTemplate of(Plan plan) {
        return new FixedTemplate(plan, plan, List.of());
    }

    @Override
    public Plan plan(Literals literals, Parameters parameters) {
        return plan;
    }
}
