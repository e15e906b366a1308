package dev.pgbraid.router;

import dev.pgbraid.router.analysis.FixedTemplate;
import dev.pgbraid.router.analysis.Template;
import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;

/// A route that is the same for all parameters.
///
/// @param template whose route it is
record FixedRoute(Plan plan, Plan description, Template template) implements Route {
    static FixedRoute of(Plan plan) {
        return new FixedRoute(plan, plan, FixedTemplate.of(plan));
    }

    @Override
    public Plan plan(Parameters parameters) {
        return plan;
    }

    @Override
    public int lastParameter() {
        return 0;
    }

    @Override
    public Explanation explain(Parameters parameters) {
        return Explanation.of(plan, template.reasons(), template.steps());
    }
}
