package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.client.Steering.Step;
import java.util.Optional;

/// Runs and ends portals, each of which is where it was bound: at the proxy, or on a shard.
final class Portals {
    private final Session session;
    private final Movement movement;
    private final OpenTransaction transaction;
    private final LocalStatements local;
    private final OwnCalls ownCalls;
    private final Viewpoint viewpoint;

    Portals(Session session, Movement movement, LocalStatements local, OwnCalls ownCalls, Viewpoint viewpoint) {
        this.session = session;
        this.movement = movement;
        this.transaction = movement.transaction();
        this.local = local;
        this.ownCalls = ownCalls;
        this.viewpoint = viewpoint;
    }

    Step execute(ClientMessage message) {
        if (!local.hasPortals() && !transaction.isSpread()) {
            return movement.goTo(message, Movement.ANY);
        }
        int nameEnd = message.isWhole() ? message.textEnd(message.body()) : -1;
        if (nameEnd < 0) {
            return movement.withoutText(message);
        }
        String portal = message.name(message.body(), nameEnd);
        if (!local.hasPortal(portal)) {
            int place = transaction.placeOf(portal);
            return place == Movement.SEVERAL
                    ? movement.refuseWhenSettled(message, RouteErrors.portalOfSeveral(portal))
                    : movement.goTo(message, place);
        }
        Optional<LocalStatements.Call> call = local.call(portal);
        if (call.isPresent()) {
            return execute(message, portal, call.get());
        }
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        return local.execute(portal) ? Step.ANSWERED : movement.refuse(message, StatementErrors.portalIsDone(portal));
    }

    private Step execute(ClientMessage message, String portal, LocalStatements.Call call) {
        Step step = ownCalls.run(message, call.function(), call.text().toByteArray(), viewpoint.perspective());
        if (step == Step.ANSWERED) {
            local.close(portal);
        }
        return step;
    }

    /// Ends a portal of the proxy's own, or lets the shard do so that has it.
    Step close(ClientMessage message, String portal) {
        int place = transaction.placeOf(portal);
        if (place == Movement.SEVERAL) {
            transaction.closes(portal);
            place = Movement.ANY;
        }
        if (place != Movement.ANY || session.backend() != null) {
            Step step = movement.goTo(message, place);
            if (step == Step.READY) {
                transaction.closes(portal);
            }
            return step;
        }
        local.close(portal);
        return Step.ANSWERED;
    }
}
