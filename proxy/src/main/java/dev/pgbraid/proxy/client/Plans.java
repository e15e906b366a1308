package dev.pgbraid.proxy.client;

import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.Optional;

/// Says where statements run that are sent as one.
final class Plans {
    private static final Plan ANY_SHARD = new Plan.OnAnyShard();

    private Plans() {}

    /// The plan of a query of several statements: one place where each of them is right.
    static Plan together(Routes routes) {
        Plan together = ANY_SHARD;
        for (RoutedStatement statement : routes.statements()) {
            together = together(together, statement.route().plan(Parameters.NONE));
        }
        return together;
    }

    private static Plan together(Plan left, Plan right) {
        if (left instanceof Plan.Refused || right instanceof Plan.OnAnyShard) {
            return left;
        }
        if (right instanceof Plan.Refused || left instanceof Plan.OnAnyShard) {
            return right;
        }
        return left instanceof Plan.OnShard here && right instanceof Plan.OnShard there
                ? together(here, there)
                : left instanceof Plan.Everywhere && left.equals(right) ? left : severalInQuery();
    }

    private static Plan together(Plan.OnShard left, Plan.OnShard right) {
        if (!left.shard().equals(right.shard())) {
            return severalInQuery();
        }
        return left.access() == Access.WRITE ? left : right;
    }

    private static Plan severalInQuery() {
        return new Plan.Refused(
                "0A000", "statements for different shards in one query", Optional.empty(), "Send them one by one.");
    }
}
