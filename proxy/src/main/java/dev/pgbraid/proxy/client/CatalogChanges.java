package dev.pgbraid.proxy.client;

import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.plan.Plan;
import java.util.Set;

/// Lets a session see the catalog as it is after what the session has changed in it.
final class CatalogChanges {
    /// What a statement is refused with whose table, schema, column, type or function is not known.
    private static final Set<String> UNKNOWN = Set.of("42P01", "3F000", "42703", "42704", "42883");

    private final Session session;
    private final RoutedDatabase database;
    private boolean suspected;
    private boolean reading;

    /// Whether the catalog was read because of the statement that is at hand.
    private boolean retried;

    CatalogChanges(Session session, RoutedDatabase database) {
        this.session = session;
        this.database = database;
    }

    /// Whether statements have to wait until the catalog has been read.
    boolean isReading() {
        return reading;
    }

    /// A statement is about to be sent.
    void runs(RoutedStatement statement) {
        suspected |= statement.mayChangeCatalog();
    }

    /// What was sent is over.
    void transactionEnded() {
        if (suspected) {
            suspected = false;
            read();
        }
    }

    /// Whether a statement may be refused only because something was made that is not known here: then the catalog is
    /// read, and the statement tried once more.
    boolean mayBeOutdated(Plan plan) {
        boolean isUnknown = plan instanceof Plan.Refused refused && UNKNOWN.contains(refused.sqlState());
        if (!isUnknown || retried) {
            retried = false;
            return false;
        }
        retried = true;
        read();
        return true;
    }

    /// The statement at hand is not wanted any more.
    void forget() {
        retried = false;
    }

    private void read() {
        reading = true;
        database.refresh(() -> {
            reading = false;
            if (!session.isClosed()) {
                session.goOn();
            }
        });
    }
}
