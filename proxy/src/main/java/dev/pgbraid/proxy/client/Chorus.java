package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.client.OpenTransaction.Reach;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.session.SessionStatement;
import java.util.function.Supplier;

/// What concerns a whole transaction that several shards have parts of: they all run it, or it is refused.
final class Chorus {
    private final Session session;
    private final ClientRequests requests;
    private final OpenTransaction transaction;
    private final Movement movement;
    private final FanOut fanOut;
    private final Viewpoint viewpoint;

    Chorus(
            Session session,
            ClientRequests requests,
            OpenTransaction transaction,
            Movement movement,
            FanOut fanOut,
            Viewpoint viewpoint) {
        this.session = session;
        this.requests = requests;
        this.transaction = transaction;
        this.movement = movement;
        this.fanOut = fanOut;
        this.viewpoint = viewpoint;
    }

    /// Whether a statement is for it.
    ///
    /// @param hasValues whether it has values of parameters
    boolean concerns(RoutedStatement statement, boolean hasValues) {
        return transaction.isSpread() && OpenTransaction.reach(statement.session(), hasValues) != Reach.ROWS;
    }

    /// Whether a statement is for it of which everybody knows what it answers, so that it can be prepared without a
    /// server.
    boolean isPlain(RoutedStatement statement) {
        return concerns(statement, false) && !(statement.session() instanceof SessionStatement.Other);
    }

    Step query(ClientMessage message, RoutedStatement statement, int textEnd) {
        Step step = check(message, statement, false);
        if (step == Step.READY) {
            SessionChanges changes = requests.changes(message.in(), message.body(), message.end());
            byte[] text = message.copy(message.body(), textEnd);
            step = fanOut.queryAll(message, statement.session(), textEnd);
            if (step == Step.ANSWERED) {
                runs(statement, () -> text, changes);
            }
        }
        return step;
    }

    /// @param hasValues whether it has values of parameters
    Step bind(ClientMessage message, RoutedStatement statement, PreparedTexts.Text text, boolean hasValues) {
        if (!message.isWhole()) {
            return Step.WAIT;
        }
        Step step = check(message, statement, hasValues);
        if (step == Step.READY) {
            step = fanOut.bindAll(message, statement.session(), text);
            if (step == Step.ANSWERED) {
                runs(statement, text::statement, text.changes());
            }
        }
        return step;
    }

    private void runs(RoutedStatement statement, Supplier<byte[]> text, SessionChanges changes) {
        session.belongings().suspect(changes);
        viewpoint.runs(statement.session(), text);
        transaction.runs(statement.session(), text, false, () -> changes);
    }

    /// READY unless a statement is refused, or the backend that there may be has yet to answer.
    private Step check(ClientMessage message, RoutedStatement statement, boolean hasValues) {
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        SessionStatement wanted = statement.session();
        if (movement.hasFailed() && !endsFailure(wanted)) {
            return movement.refuse(message, RouteErrors.inFailedTransaction());
        }
        return OpenTransaction.reach(wanted, hasValues) == Reach.ALONE
                ? movement.refuse(message, RouteErrors.aloneInSpread())
                : Step.READY;
    }

    private static boolean endsFailure(SessionStatement statement) {
        return statement instanceof SessionStatement.Commit
                || statement instanceof SessionStatement.Rollback
                || statement instanceof SessionStatement.RollbackToSavepoint;
    }
}
