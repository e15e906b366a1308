package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.analysis.Template;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.List;

/// The template of a statement that is explained, with what is sent to gather its rows.
record ShownTemplate(Template shown, List<String> steps) implements Template {
    ShownTemplate {
        steps = List.copyOf(steps);
    }

    @Override
    public Plan plan(Literals literals, Parameters parameters) {
        return shown.plan(literals, parameters);
    }

    @Override
    public boolean isShardLocal() {
        return shown.isShardLocal();
    }

    @Override
    public Plan description() {
        return shown.description();
    }

    @Override
    public List<String> reasons() {
        return shown.reasons();
    }
}
