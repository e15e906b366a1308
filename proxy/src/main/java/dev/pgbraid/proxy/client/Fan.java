package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.metrics.DatabaseActivity;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.proxy.session.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request of a client to several shards, whose answers become one.
///
/// A backend of every shard is there before the first is asked. They are got in the order of the shards, so that no two
/// of these wait for each other.
abstract class Fan implements Detour, FanBranch.Owner {
    private final Session session;
    private final long epoch;
    private final Consumer<@Nullable ErrorFields> listener;
    private final List<FanBranch> branches = new ArrayList<>();
    private boolean waiting = true;
    private @Nullable ErrorFields failure;
    private boolean ended;
    private long readyNanos;

    /// @param epoch by which it was planned
    /// @param listener is told when it is over, with the error if it failed
    Fan(Session session, long epoch, Consumer<@Nullable ErrorFields> listener) {
        this.session = session;
        this.epoch = epoch;
        this.listener = listener;
    }

    Session session() {
        return session;
    }

    /// The branches, in the order of the shards.
    List<FanBranch> branches() {
        return branches;
    }

    FanBranch addBranch(Lender lender, FanBranch.Sink sink) {
        FanBranch branch = new FanBranch(this, lender, sink);
        branches.add(branch);
        return branch;
    }

    abstract void begin();

    /// What every backend is to be set to.
    Settings settings() {
        return session.belongings().settings();
    }

    /// Gets the backends.
    void checkOut() {
        branches.getFirst().checkOut(settings());
    }

    /// All backends are there.
    abstract void ready();

    /// All is done, and the client is told.
    abstract void succeeded();

    @Override
    public final int processId() {
        return session.processId();
    }

    @Override
    public void abandon() {
        ended = true;
        branches.forEach(FanBranch::abandon);
    }

    /// Stops what the servers do, or waiting for them.
    @Override
    public void cancel() {
        if (isWaiting()) {
            fail(Errors.fields(SessionErrors.canceledInQueue()));
        } else {
            branches.forEach(FanBranch::cancel);
        }
    }

    /// Whether no shard has been asked yet.
    @Override
    public boolean isWaiting() {
        return waiting;
    }

    /// Whether the client has the start of a message of a branch of which more follows.
    abstract boolean isMidMessage(FanBranch branch);

    @Override
    public final boolean isMidMessage() {
        return branches.stream().anyMatch(this::isMidMessage);
    }

    @Override
    public final void granted(FanBranch branch) {
        int next = branches.indexOf(branch) + 1;
        if (next < branches.size()) {
            branches.get(next).checkOut(settings());
        } else if (branch.epoch() != epoch) {
            fail(RouteErrors.placementChanged());
        } else {
            waiting = false;
            readyNanos = System.nanoTime();
            ready();
        }
    }

    @Override
    public final void refused(ProxyException reason) {
        fail(Errors.fields(reason));
    }

    @Override
    public void failed(FanBranch branch, ErrorFields error) {
        fail(error);
    }

    @Override
    public final boolean mayStop() {
        return hasFailed() || !isInTransaction();
    }

    /// Whether it is a part of a transaction that goes on behind it.
    final boolean isInTransaction() {
        return session.steering().isSpread();
    }

    @Override
    public final void reported(String name, String value) {
        session.parameterReported(name, value);
    }

    /// What the client would take for the rest of a row cannot be said. Without one of its shards a transaction cannot
    /// go on, nor can it be known whether it has been committed.
    @Override
    public final void lost(FanBranch branch, ProxyException reason) {
        if (isMidMessage(branch)) {
            session.fire(SessionEvent.CLIENT_GONE);
            return;
        }
        if (isInTransaction()) {
            session.end(Errors.fields(reason));
            return;
        }
        failed(branch, Errors.as(Severity.ERROR, Errors.fields(reason)));
    }

    final void fail(ErrorFields error) {
        if (failure == null) {
            failure = error;
            stop();
        }
        giveUp();
    }

    /// It has failed: what servers wait for does not come.
    void stop() {}

    final boolean hasFailed() {
        return failure != null;
    }

    /// Needs none of the branches any more.
    final void giveUp() {
        branches.forEach(FanBranch::giveUp);
        if (branches.stream().noneMatch(FanBranch::isBusy)) {
            end();
        }
    }

    final boolean hasEnded() {
        return ended;
    }

    private void end() {
        if (!ended) {
            ended = true;
            session.meter().slowLog().fanned(branches);
            if (failure == null) {
                DatabaseActivity activity = session.meter().activity();
                activity.widths().record(branches.size());
                activity.merges().record(System.nanoTime() - readyNanos);
                succeeded();
            }
            listener.accept(failure);
        }
    }
}
