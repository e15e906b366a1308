package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.List;

/// The template of statements that have one plan, whatever their literals and parameters are.
record FixedTemplate(Plan plan, Plan description, List<String> reasons) implements Template {
    FixedTemplate {
        reasons = List.copyOf(reasons);
    }

    @Override
    public Plan plan(Literals literals, Parameters parameters) {
        return plan;
    }
}
