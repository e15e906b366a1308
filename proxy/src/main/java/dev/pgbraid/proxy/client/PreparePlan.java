package dev.pgbraid.proxy.client;

import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;

/// Says where a statement is prepared.
final class PreparePlan {
    private PreparePlan() {}

    /// Where it runs, if that is one shard whatever its parameters are, or else where it can be described.
    static Plan of(Route route) {
        Plan plan = route.lastParameter() == 0 ? route.plan(Parameters.NONE) : route.description();
        return FanOut.isFor(plan) ? route.description() : plan;
    }

    /// Where the first Bind of a statement wants it, if that has arrived already.
    ///
    /// @param parse the message that prepares it, whose name ends at `nameEnd`
    /// @param parameters reads what is bound
    static Plan of(ClientMessage parse, int nameEnd, Route route, BoundParameters parameters) {
        if (route.lastParameter() == 0) {
            return of(route);
        }
        ClientMessage next = parse.next();
        while (next != null && (next.tag() == 'D' || next.tag() == 'H')) {
            next = next.next();
        }
        if (next != null && next.tag() == 'B') {
            byte[] body = parse.copy(nameEnd + 1, parse.end());
            if (parameters.read(next, body, route.lastParameter()) == BoundParameters.Reading.DONE) {
                Plan plan = route.plan(parameters);
                return plan instanceof Plan.OnShard ? plan : route.description();
            }
        }
        return route.description();
    }
}
