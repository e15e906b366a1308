package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.session.SessionStatement;

/// Brings a session to the shard where it has to be, with the transaction that it may hold.
final class Movement {
    /// Stands for a shard where any will do.
    static final int ANY = -1;

    /// Stands for several shards at once.
    static final int SEVERAL = -2;

    private final Session session;
    private final OpenTransaction transaction;

    /// Whether the server was asked for the answers that are waited for.
    private boolean flushed;

    Movement(Session session, OpenTransaction transaction) {
        this.session = session;
        this.transaction = transaction;
    }

    OpenTransaction transaction() {
        return transaction;
    }

    /// The message before this one, if any had to wait, waits no more.
    void arrived() {
        flushed = false;
    }

    Step goTo(ClientMessage message, int shard) {
        Backend backend = session.backend();
        if (backend == null) {
            session.shards().choose(shard == ANY ? transaction.anyShard() : shard);
            session.fire(SessionEvent.STATEMENT_ARRIVED);
            backend = session.backend();
        } else if (shard != ANY && session.shards().of(backend) != shard) {
            Step left = leave(message, session.shards().name(shard));
            return left == Step.READY ? goTo(message, shard) : left;
        }
        if (backend == null) {
            return Step.WAIT;
        }
        if (shard != ANY) {
            transaction.settle();
        }
        return Step.READY;
    }

    /// As [#goTo], for rows that are to be written: in one transaction those of one shard are.
    Step write(ClientMessage message, int shard) {
        if (!transaction.mayWrite(shard)) {
            Shards shards = session.shards();
            return refuseWhenSettled(
                    message, RouteErrors.secondWriter(shards.name(transaction.writer()), shards.name(shard)));
        }
        Step step = goTo(message, shard);
        if (step == Step.READY) {
            transaction.writes(shard);
        }
        return step;
    }

    /// What becomes of a statement while nothing is done but rolling back: the server that knows says so.
    Step stay(ClientMessage message) {
        if (session.backend() == null) {
            return refuse(message, RouteErrors.inFailedTransaction());
        }
        transaction.settle();
        return Step.READY;
    }

    /// Whether a transaction begins that must not be the backend's before that one has answered what it was asked.
    boolean mustEndFirst(SessionStatement statement) {
        Backend backend = session.backend();
        return backend != null && statement instanceof SessionStatement.Begin && backend.isBatchUnanswered();
    }

    /// The message that waits is forgotten; false if the transaction is leaving a backend that has yet to say so.
    boolean forgetMove() {
        Backend backend = session.backend();
        if (backend != null && transaction.isHeld()) {
            session.freeBackend();
            if (session.backend() != null && !backend.responses().isEmpty()) {
                return false;
            }
        }
        arrived();
        return true;
    }

    /// Whether the backend that there may be has nothing under way that the client began.
    boolean isBetweenTransactions() {
        Backend backend = session.backend();
        return backend != null && backend.isBetweenTransactions() && !transaction.isOpen();
    }

    /// A message that is not whole, or has no text where one should be.
    Step withoutText(ClientMessage message) {
        return message.here() < message.bytes() ? Step.WAIT : goTo(message, ANY);
    }

    /// READY when the backend that there may be has answered all it was asked.
    Step settle(ClientMessage message) {
        Backend backend = session.backend();
        if (backend == null || backend.responses().isEmpty()) {
            return Step.READY;
        }
        awaitAnswers(message, backend);
        return Step.STALLED;
    }

    /// Leaves the backend that there may be for a statement on several shards, as soon as that is possible.
    Step leave(ClientMessage message) {
        return leave(message, RouteErrors.SEVERAL);
    }

    /// Leaves the backend that there may be for a statement that all shards run which have a part of the transaction.
    Step park(ClientMessage message) {
        Backend backend = session.backend();
        Step settled = settle(message);
        if (settled == Step.READY && backend != null) {
            park(message, backend);
        }
        return settled;
    }

    /// Whether statements are refused until the transaction is rolled back.
    boolean hasFailed() {
        Backend backend = session.backend();
        return backend == null ? transaction.isFailed() : backend.status() == TransactionStatus.FAILED;
    }

    private void park(ClientMessage message, Backend backend) {
        message.reader().handOver(message.in());
        int shard = session.shards().of(backend);
        session.takeBackend();
        if (backend.isBatchOpen()) {
            backend.syncForProxy();
        }
        backend.writer().flush();
        transaction.park(shard, backend);
        session.fire(SessionEvent.BACKEND_PARKED);
    }

    /// @param where the shard that the session leaves for
    private Step leave(ClientMessage message, String where) {
        Backend backend = session.backend();
        if (backend == null) {
            return Step.READY;
        }
        if (!backend.responses().isEmpty()) {
            awaitAnswers(message, backend);
            return Step.STALLED;
        }
        if (backend.status() == TransactionStatus.FAILED) {
            return refuse(message, RouteErrors.inFailedTransaction());
        }
        if (backend.status() != TransactionStatus.IDLE) {
            return leaveInTransaction(message, backend, where);
        }
        return backend.hasRunInBatch()
                ? refuse(message, RouteErrors.secondShard(name(backend), where))
                : leaveFree(message, backend, where);
    }

    private Step leaveInTransaction(ClientMessage message, Backend backend, String where) {
        if (transaction.isMovable() && !backend.hasRunInBatch()) {
            message.reader().handOver(message.in());
            transaction.move(backend);
            return Step.STALLED;
        }
        if (!transaction.isOpenToOthers()) {
            return refuse(message, RouteErrors.secondShard(name(backend), where));
        }
        park(message, backend);
        return Step.READY;
    }

    private Step leaveFree(ClientMessage message, Backend backend, String where) {
        session.freeBackend();
        if (session.backend() == null) {
            return Step.READY;
        }
        return backend.responses().isEmpty()
                ? refuse(message, RouteErrors.tied(session.belongings().ties(), name(backend), where))
                : Step.STALLED;
    }

    private String name(Backend backend) {
        return backend.pool().target().shard();
    }

    private void awaitAnswers(ClientMessage message, Backend backend) {
        if (backend.isBatchOpen() && !flushed) {
            flushed = true;
            message.reader().handOver(message.in());
            backend.writer().append(ClientMessage.HEADER_BYTES).writeByte('H').writeInt(4);
        }
    }

    /// Refuses a message unless what was sent before ends the transaction that it is refused for.
    Step refuseWhenSettled(ClientMessage message, ErrorFields error) {
        Step settled = settle(message);
        return settled == Step.READY ? refuse(message, error) : settled;
    }

    Step refuse(ClientMessage message, ErrorFields error) {
        message.reader().refuse(message, error);
        return Step.ANSWERED;
    }
}
