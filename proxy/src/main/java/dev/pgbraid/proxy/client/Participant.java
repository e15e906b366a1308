package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A shard that has a part of a transaction: it lends the one backend that this is on, and keeps it in between.
final class Participant implements Lender, Tenant {
    private static final byte[] ROLLBACK = "ROLLBACK".getBytes(StandardCharsets.US_ASCII);

    /// The transaction that it has a part of.
    interface Owner {
        /// What names its session in requests to cancel.
        int processId();

        /// A backend is there, and knows nothing of the transaction yet.
        void enlisted(Backend backend);

        /// There will be no backend.
        void refused(Participant participant);

        /// The part of the transaction is lost, and with it the transaction.
        void lost(ErrorFields reason);
    }

    private final Owner owner;
    private final BackendPool pool;
    private @Nullable Backend backend;

    /// Who waits for the backend.
    private @Nullable Tenant waiting;

    private boolean leaving;

    Participant(Owner owner, BackendPool pool) {
        this.owner = owner;
        this.pool = pool;
    }

    /// Whether a backend is there.
    boolean hasBackend() {
        return backend != null;
    }

    Backend backend() {
        return Objects.requireNonNull(backend);
    }

    /// Takes a backend that has a part of the transaction.
    void adopt(Backend lent) {
        backend = lent;
        giveBack(lent);
    }

    @Override
    public ShardLogin target() {
        return pool.target();
    }

    @Override
    public long epoch() {
        return pool.epoch();
    }

    @Override
    public @Nullable Backend checkOut(Tenant tenant, Settings settings) {
        Backend lent = backend;
        if (lent == null) {
            waiting = tenant;
            lent = pool.checkOut(this, settings);
            if (lent != null) {
                enlist(lent);
            }
        } else if (lent.isBeingCanceled()) {
            // A cancel that arrives late must not hit the next statement.
            waiting = tenant;
            lent.afterCancels(this::grant);
            lent = null;
        }
        if (lent != null) {
            waiting = null;
            lent.hand(tenant);
        }
        return lent;
    }

    private void enlist(Backend lent) {
        backend = lent;
        owner.enlisted(lent);
    }

    @Override
    public void granted(Backend lent) {
        enlist(lent);
        grant();
    }

    private void grant() {
        Tenant next = waiting;
        Backend lent = backend;
        if (next != null && lent != null && !lent.isClosing()) {
            waiting = null;
            lent.hand(next);
            next.granted(lent);
        }
    }

    @Override
    public void refused(ProxyException reason) {
        owner.refused(this);
        Objects.requireNonNull(waiting).refused(reason);
    }

    @Override
    public void withdraw(Tenant tenant) {
        waiting = null;
        if (backend == null) {
            pool.withdraw(this);
            owner.refused(this);
        }
    }

    @Override
    public void giveBack(Backend lent) {
        lent.hand(this);
        lent.read(true);
        leaveIfFree();
    }

    /// The transaction is over: what is left of its part is undone.
    ///
    /// @param changed whether it may have changed settings
    void leave(boolean changed) {
        Backend lent = backend;
        if (lent == null || lent.isClosing()) {
            return;
        }
        leaving = true;
        lent.hand(this);
        if (changed) {
            lent.runsHiddenCode();
        }
        if (!lent.isAnswered()) {
            lent.abandon();
            return;
        }
        if (lent.status() != TransactionStatus.IDLE) {
            lent.begin(ROLLBACK);
            lent.writer().flush();
        }
        leaveIfFree();
    }

    private void leaveIfFree() {
        Backend lent = backend;
        if (leaving && lent != null && lent.isFree()) {
            backend = null;
            pool.giveBack(lent);
        }
    }

    @Override
    public int processId() {
        return owner.processId();
    }

    @Override
    public void received(ByteBuf bytes) {
        // Nobody has asked for a notice of a server that does nothing.
        bytes.release();
    }

    @Override
    public void batchReceived() {
        leaveIfFree();
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        owner.lost(error);
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        backend = null;
        if (!leaving) {
            owner.lost(Errors.fields(reason));
        }
    }
}
