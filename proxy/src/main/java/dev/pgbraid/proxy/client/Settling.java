package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Inspection;
import java.util.Optional;

/// Finds out what a session has on its backend when a transaction is over, and takes along what it can.
final class Settling {
    private final Belongings belongings;
    private final Subscriptions subscriptions;
    private final Runnable goOn;
    private boolean awaitsCancels;

    /// @param goOn is called when what had to be waited for is over
    Settling(Belongings belongings, Subscriptions subscriptions, Runnable goOn) {
        this.belongings = belongings;
        this.subscriptions = subscriptions;
        this.goOn = goOn;
    }

    /// Whether it is known what the session has on a free backend. If not, the server is asked.
    boolean isKnown(Backend lent) {
        Optional<Inspection> inspection = belongings.inspection();
        if (inspection.isPresent()) {
            lent.ask(inspection.get());
            lent.writer().flush();
        }
        return inspection.isEmpty();
    }

    /// Whether nothing keeps the session from leaving a free backend. If not, that is worked on as far as possible.
    ///
    /// A request to cancel that is late may hit a question, which can be asked again, but nothing else.
    boolean isOver(Backend lent) {
        if (!isKnown(lent)) {
            return false;
        }
        if (lent.isBeingCanceled()) {
            awaitCancels(lent);
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

    private void awaitCancels(Backend lent) {
        if (!awaitsCancels) {
            awaitsCancels = true;
            lent.afterCancels(() -> {
                awaitsCancels = false;
                if (!lent.isClosing()) {
                    goOn.run();
                }
            });
        }
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
