package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.Optional;

/// Says where statements run that are sent as one.
final class Plans {
    private static final Plan ANY_SHARD = new Plan.OnAnyShard();

    private Plans() {}

    /// How a plan makes a request run.
    static PlanKind kind(Plan plan) {
        return switch (plan) {
            case Plan.OnShard _, Plan.OnAnyShard _ -> PlanKind.SINGLE_SHARD;
            case Plan.Scatter _ -> PlanKind.SCATTER;
            case Plan.Gather _ -> PlanKind.GATHER;
            case Plan.Everywhere _ -> PlanKind.EVERYWHERE;
            case Plan.Refused _ -> PlanKind.REFUSED;
        };
    }

    /// The plan of a query of several statements: one place where each of them is right.
    static Plan together(Routes routes) {
        Plan together = ANY_SHARD;
        for (RoutedStatement statement : routes.statements()) {
            together = together(together, statement.route().plan(Parameters.NONE));
        }
        return together;
    }

    /// Whether no statement concerns more of a transaction than the shard that it runs on.
    static boolean concernRowsOnly(Routes routes) {
        return routes.statements().stream()
                .allMatch(statement -> OpenTransaction.reach(statement.session(), false) == OpenTransaction.Reach.ROWS);
    }

    private static Plan together(Plan left, Plan right) {
        return switch (right) {
            case Plan.Scatter _, Plan.Gather _ -> severalInQuery();
            case Plan.OnAnyShard _ -> left;
            case Plan.Refused _ -> left instanceof Plan.Refused ? left : right;
            case Plan.OnShard _, Plan.Everywhere _ ->
                switch (left) {
                    case Plan.Refused _ -> left;
                    case Plan.OnAnyShard _ -> right;
                    case Plan.OnShard here when right instanceof Plan.OnShard there -> together(here, there);
                    case Plan.Everywhere _ when left.equals(right) -> left;
                    default -> severalInQuery();
                };
        };
    }

    private static Plan together(Plan.OnShard left, Plan.OnShard right) {
        if (!left.shard().equals(right.shard())) {
            return severalInQuery();
        }
        return left.access().compareTo(right.access()) >= 0 ? left : right;
    }

    private static Plan severalInQuery() {
        return new Plan.Refused(
                "0A000", "statements for different shards in one query", Optional.empty(), "Send them one by one.");
    }
}
