package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.control.table.Cancellation;
import dev.pgbraid.proxy.control.table.TableOutcome;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.plan.Perspective;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs calls of functions of the schema `pgbraid` that the proxy itself has. Their session waits meanwhile.
///
/// When the client cancels, or is gone, what is not decided yet is given up.
final class OwnCalls implements Detour {
    private final Session session;
    private final RoutedDatabase database;
    private final Movement movement;
    private final LocalAnswers answers;
    private @Nullable Cancellation running;

    OwnCalls(Session session, RoutedDatabase database, Movement movement, LocalAnswers answers) {
        this.session = session;
        this.database = database;
        this.movement = movement;
        this.answers = answers;
    }

    /// Runs a call as soon as the session has left the backend that it may have.
    ///
    /// @param text of the statement that is nothing but the call
    Step run(ClientMessage message, String function, byte[] text, Perspective perspective) {
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        if (isTransactionFailed()) {
            return movement.refuse(message, RouteErrors.inFailedTransaction());
        }
        if (isInTransaction()) {
            return movement.refuse(message, RouteErrors.callInTransaction(function));
        }
        Step left = movement.leave(message);
        if (left != Step.READY) {
            return left;
        }
        begin(function, text, perspective, message.isSimple());
        return Step.ANSWERED;
    }

    private boolean isTransactionFailed() {
        return session.steering().status() == TransactionStatus.FAILED;
    }

    private boolean isInTransaction() {
        Backend backend = session.backend();
        return session.steering().status() == TransactionStatus.IN_TRANSACTION
                || (backend != null && backend.hasRunInBatch());
    }

    private void begin(String function, byte[] text, Perspective perspective, boolean isSimple) {
        Cancellation cancellation = new Cancellation();
        running = cancellation;
        session.fire(SessionEvent.FAN_BEGUN);
        database.call(text, perspective, cancellation, outcome -> {
            running = null;
            if (!session.isClosed()) {
                ended(function, outcome, isSimple);
            }
        });
    }

    private void ended(String function, TableOutcome outcome, boolean isSimple) {
        session.fire(SessionEvent.FAN_ENDED);
        if (outcome instanceof TableOutcome.Done done) {
            done.notices().forEach(answers::notice);
            LocalAnswers.Table row = answer(function, done.words());
            if (isSimple) {
                answers.describe(row);
            }
            answers.rows(row);
            if (isSimple) {
                session.sendReady();
            }
        } else {
            session.refuse(RouteErrors.of(outcome), isSimple);
        }
        session.goOn();
    }

    /// What a call answers, one row of one column.
    static LocalAnswers.Table answer(String function, String words) {
        return new LocalAnswers.Table(List.of(function), List.of(List.of(words)), "SELECT 1");
    }

    boolean isRunning() {
        return running != null;
    }

    @Override
    public void abandon() {
        cancel();
    }

    @Override
    public void cancel() {
        Cancellation wanted = running;
        if (wanted != null) {
            Thread.ofVirtual().name("cancel-call").start(wanted::cancel);
        }
    }
}
