package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.plan.Plan;

/// Lets a statement wait while the rows of its table are being moved.
///
/// A session that has a backend, or shards with parts of its transaction, cannot wait: whoever moves the rows may wait
/// for that transaction.
final class Postponement implements Detour {
    private final Session session;
    private final RoutedDatabase database;
    private final Movement movement;
    private final OpenTransaction transaction;
    private boolean waiting;
    private boolean canceled;

    Postponement(Session session, RoutedDatabase database, Movement movement, OpenTransaction transaction) {
        this.transaction = transaction;
        this.session = session;
        this.database = database;
        this.movement = movement;
    }

    /// What becomes of a statement that cannot run, or not for now.
    Step refuse(ClientMessage message, Plan.Refused refused) {
        session.meter().runs(PlanKind.REFUSED);
        return refused.isForNow() ? postpone(message, refused) : movement.refuse(message, RouteErrors.of(refused));
    }

    private Step postpone(ClientMessage message, Plan.Refused refused) {
        if (canceled) {
            canceled = false;
            return movement.refuse(message, Errors.fields(SessionErrors.canceledInQueue()));
        }
        Backend backend = session.backend();
        if (backend != null) {
            Step settled = movement.settle(message);
            if (settled != Step.READY) {
                return settled;
            }
            boolean isBusy = backend.status() != TransactionStatus.IDLE || backend.hasRunInBatch();
            if (!isBusy) {
                session.freeBackend();
            }
            if (session.backend() != null) {
                return movement.refuse(message, RouteErrors.of(refused));
            }
        }
        if (transaction.isSpread()) {
            return movement.refuse(message, RouteErrors.of(refused));
        }
        waiting = true;
        session.fire(SessionEvent.FAN_BEGUN);
        database.awaitNews(this::goOn);
        return Step.STALLED;
    }

    private void goOn() {
        if (waiting) {
            waiting = false;
            session.fire(SessionEvent.FAN_ENDED);
            session.goOn();
        }
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    @Override
    public void cancel() {
        canceled = waiting;
        goOn();
    }

    @Override
    public void abandon() {
        waiting = false;
    }
}
