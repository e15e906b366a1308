package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.SessionEvent;

/// How a session ends. A client that leaves gets the answers to all that it has asked, as from a server, and its
/// backend
/// is kept if nothing is under way there any more.
final class Departure {
    private final Session session;
    private final ClientReader reader;
    private boolean saidGoodbye;

    /// Whether it is to end, but not before its transaction, which goes on without a backend at the moment.
    private boolean awaitsTransaction;

    Departure(Session session, ClientReader reader) {
        this.session = session;
        this.reader = reader;
    }

    /// The client sends no more, but may read still.
    void inputEnded() {
        if (session.isClosed()) {
            session.channel().close();
        } else {
            reader.endInput();
            session.flush();
            new HangUpProbe(session).begin();
        }
    }

    /// Explains why the session ends, unless the client would read it as the rest of something else.
    void say(ErrorFields why) {
        if (!session.isClosed() && !session.isMidMessageToClient()) {
            session.send(why);
        }
    }

    /// Ends the session if the client has said all that it ever will, and has all the answers to that.
    void endIfDone() {
        if (session.isClosed() || !reader.isAtEnd()) {
            return;
        }
        Backend lent = session.backend();
        if (lent == null || isDone(lent) || !owes(lent)) {
            end();
        } else if (lent.isBatchOpen() && !saidGoodbye) {
            // Without a Sync or a goodbye the server keeps its answers.
            saidGoodbye = true;
            lent.goodbye();
            lent.writer().flush();
        }
    }

    /// Ends the session as soon as it has no transaction.
    void drain() {
        awaitsTransaction = session.backend() == null && session.steering().isSpread();
        if (!awaitsTransaction) {
            session.fire(SessionEvent.DRAIN_REQUESTED);
            session.flush();
        }
    }

    /// A transaction is over that no backend has told the client of.
    void transactionEnded() {
        if (awaitsTransaction) {
            session.loop().execute(this::drain);
        }
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
