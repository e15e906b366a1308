package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.SessionEvent;

/// How a client leaves: it gets the answers to all that it has asked, as from a server, and its backend is kept if
/// nothing is under way there any more.
final class Departure {
    private final Session session;
    private final ClientReader reader;

    /// Whether the server was told, which then answers what it has to and hangs up.
    private boolean saidGoodbye;

    Departure(Session session, ClientReader reader) {
        this.session = session;
        this.reader = reader;
    }

    /// Ends the session if the client has said all that it ever will, and has all the answers to that.
    void endIfDone() {
        if (session.isClosed() || saidGoodbye || !reader.isAtEnd()) {
            return;
        }
        Backend lent = session.backend();
        if (lent == null) {
            end();
        } else if (reader.isEnded() && lent.responses().isCopyingIn()) {
            // Among the data it fails the copy.
            lent.responses().endCopy();
            sayGoodbye(lent);
        } else {
            endIfDone(lent);
        }
    }

    private void endIfDone(Backend lent) {
        if (isDone(lent) || !owes(lent)) {
            end();
        } else if (lent.isBatchOpen()) {
            // Without a Sync or a goodbye the server keeps its answers.
            sayGoodbye(lent);
        }
    }

    private void sayGoodbye(Backend lent) {
        saidGoodbye = true;
        lent.goodbye();
        lent.writer().flush();
    }

    /// Ends a backend that is at something. A server does what it was asked for by a client that has said goodbye.
    void abandon(Backend lent) {
        if (reader.isEnded()) {
            lent.finish();
        } else {
            lent.abandon();
        }
    }

    /// Ends the session now.
    void end() {
        Backend lent = session.backend();
        if (lent != null && isDone(lent)) {
            lent.read(true);
            session.fire(SessionEvent.CLIENT_DONE);
            session.freeBackend();
        } else {
            session.fire(SessionEvent.CLIENT_GONE);
        }
    }

    /// Whether the server has nothing under way that the client began, and never will have.
    private static boolean isDone(Backend lent) {
        return lent.isBetweenTransactions() && !lent.responses().isSkippingToSync() && !lent.isMidMessageToServer();
    }

    /// Whether there will be answers although the client sends no more.
    private static boolean owes(Backend lent) {
        return !lent.responses().isEmpty() && !lent.responses().isCopyingIn() && !lent.isMidMessageToServer();
    }
}
