package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.session.SessionEvent;

/// Brings a session to the shard where it has to be, with the transaction that it may hold.
final class Movement {
    /// Stands for a shard where any will do.
    static final int ANY = -1;

    private static final int HOME = 0;

    private final Session session;
    private final HeldTransaction held;

    /// Whether the server was asked for the answers that are waited for.
    private boolean flushed;

    Movement(Session session, HeldTransaction held) {
        this.session = session;
        this.held = held;
    }

    /// The message before this one, if any had to wait, waits no more.
    void arrived() {
        flushed = false;
    }

    Step goTo(ClientMessage message, int shard) {
        Backend backend = session.backend();
        if (backend == null) {
            session.shards().choose(shard == ANY ? HOME : shard);
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
            held.end();
        }
        return Step.READY;
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
        if (session.backend() == null && held.isHeld()) {
            return refuse(message, RouteErrors.severalInTransaction());
        }
        Step left = leave(message, RouteErrors.SEVERAL);
        return left == Step.READY && held.isHeld() ? leave(message) : left;
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
        boolean isInTransaction = backend.status() != TransactionStatus.IDLE;
        if (held.isMovable() && isInTransaction && !backend.hasRunInBatch()) {
            message.reader().handOver(message.in());
            held.leave(backend);
            return Step.STALLED;
        }
        return isInTransaction || backend.hasRunInBatch()
                ? refuse(message, RouteErrors.secondShard(name(backend), where))
                : leaveFree(message, backend, where);
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
