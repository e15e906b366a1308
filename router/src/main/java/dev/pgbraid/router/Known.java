package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Template;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.utility.Reach;
import java.util.IdentityHashMap;
import java.util.Optional;

/// What is known of all statements of one shape, seen from one perspective. Belongs to one thread at a time.
final class Known {
    private static final int ROUTES_MAX = 256;
    private static final int BYTES = 1536;

    private final Template template;
    private final LiteralLayout layout;
    private final Reach reach;
    private final Traits traits;
    private final ShapeUse use;

    /// The routes of texts that are one statement of this shape, by their plan: most plans are made once.
    private final IdentityHashMap<Plan, Routes> routes = new IdentityHashMap<>(2);

    /// What does not depend on where the shards are.
    ///
    /// @param runs whether a wish can change where it runs
    /// @param lastParameter the highest number of a parameter, 0 without parameters
    /// @param hintedOnly whether a hint alone decides where it runs
    /// @param lasting whether it can be remembered
    record Traits(
            SessionStatement session,
            Runs runs,
            int lastParameter,
            boolean hintedOnly,
            boolean mayChangeCatalog,
            boolean explainsRoute,
            Optional<String> ownCall,
            boolean lasting) {}

    Known(Template template, LiteralLayout layout, Reach reach, Traits traits, ShapeUse use) {
        this.template = template;
        this.layout = layout;
        this.reach = reach;
        this.traits = traits;
        this.use = use;
    }

    Template template() {
        return template;
    }

    LiteralLayout layout() {
        return layout;
    }

    Reach reach() {
        return reach;
    }

    Traits traits() {
        return traits;
    }

    ShapeUse use() {
        return use;
    }

    /// About how much memory it takes.
    int bytes() {
        return BYTES + layout.bytes();
    }

    /// The routes of a text that is one statement without parameters and hints, and has this plan.
    Routes routes(Plan plan) {
        Routes known = routes.get(plan);
        if (known == null) {
            known = Routes.of(routed(0, new FixedRoute(plan, template.description(), template)));
            if (routes.size() < ROUTES_MAX) {
                routes.put(plan, known);
            }
        }
        return known;
    }

    RoutedStatement routed(int start, Route route) {
        return new RoutedStatement(
                start,
                route,
                traits.session(),
                traits.mayChangeCatalog(),
                traits.explainsRoute(),
                traits.ownCall(),
                use);
    }
}
