package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Lender;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Decides where the messages of a session go, one by one before they are handled, and sees to it that the session has
/// a backend there.
interface Steering {
    /// For a database with one shard, which is where everything goes.
    Steering STRAIGHT = new Steering() {};

    /// What becomes of a message.
    enum Step {
        /// It can be handled.
        READY,
        /// More of it must be here, or a backend.
        WAIT,
        /// Something that was asked before has to be answered.
        STALLED,
        /// It was answered, or something was sent in its place.
        ANSWERED
    }

    /// Decides about the message at `at`, of which `here` of its `bytes` have arrived.
    default Step steer(ClientReader reader, ByteBuf in, int at, int bytes, int here) {
        return Step.READY;
    }

    /// Forgets the message that is stalled, which will be refused; false if it is too early for that.
    default boolean forgetStalled() {
        return true;
    }

    /// Where the transaction of the session stands while it has no backend.
    default TransactionStatus status() {
        return TransactionStatus.IDLE;
    }

    /// Who lends backends of a shard.
    default Lender lender(BackendPool pool) {
        return pool;
    }

    /// Whether a transaction goes on while the session has no backend.
    default boolean isSpread() {
        return false;
    }

    /// The session is over.
    default void closed() {}

    /// A backend was lent.
    default void attached(Backend backend) {}

    /// The backend goes back.
    default void detached() {}

    /// A statement of the session has failed that no backend has seen.
    default void refused() {}

    /// What is done while the session has no backend, or null.
    default @Nullable Detour detour() {
        return null;
    }
}
