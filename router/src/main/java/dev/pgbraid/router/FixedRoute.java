package dev.pgbraid.router;

import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import java.util.List;

/// A route that is the same for all parameters.
///
/// @param reasons why there is no cheaper one
record FixedRoute(Plan plan, Plan description, List<String> reasons) implements Route {
    FixedRoute {
        reasons = List.copyOf(reasons);
    }

    static FixedRoute of(Plan plan) {
        return new FixedRoute(plan, plan, List.of());
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
        return Explanation.of(plan, reasons);
    }
}
