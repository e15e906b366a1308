package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Inspection;
import java.util.Optional;

/// Finds out what a session has on its backend when a transaction is over, and takes along what it can.
final class Settling {
    private final Belongings belongings;
    private final Subscriptions subscriptions;

    Settling(Belongings belongings, Subscriptions subscriptions) {
        this.belongings = belongings;
        this.subscriptions = subscriptions;
    }

    /// Whether nothing keeps the session from leaving a free backend. If not, that is worked on as far as possible.
    boolean isOver(Backend lent) {
        Optional<Inspection> inspection = belongings.inspection();
        if (inspection.isPresent()) {
            lent.ask(inspection.get());
            lent.writer().flush();
            return false;
        }
        subscriptions.settle();
        if (belongings.isTiedByListening()) {
            subscriptions.moveOn(lent);
        } else if (!belongings.isLoose() && !belongings.onBackend().equals(belongings.settings())) {
            lent.found(belongings.onBackend());
            lent.adjust(belongings.settings());
            belongings.attached();
            lent.writer().flush();
        }
        return belongings.isLoose();
    }

    /// Says what becomes of a backend that goes back.
    void leave(Backend lent) {
        lent.read(true);
        if (belongings.isLoose()) {
            lent.found(belongings.onBackend());
        } else {
            lent.retire();
        }
    }
}
