package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.metrics.ShardActivity;
import dev.pgbraid.proxy.metrics.ShardCounter;
import dev.pgbraid.proxy.session.Settings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The backends of one event loop for one login of one shard.
///
/// Tenants are served first come, first served. A backend that comes back goes to the first that waits, before anyone
/// else can see it. Where another event loop's tenants wait much longer than ours, a slot of the shared budget moves
/// there, so the queues of all loops together are fair too.
public final class BackendPool {
    private static final long ORIGIN_NANOS = System.nanoTime();

    /// How often a queue that is not empty is looked after.
    private static final long TICK_MILLIS = 5;

    private final EventLoop loop;
    private final ShardLogin target;
    private final BackendPools pools;
    private final PoolBudget budget;
    private final BackendConnector connector;
    private final Set<Backend> backends = new HashSet<>();
    private final IdleBackends idle = new IdleBackends(this);
    private final CheckoutQueue waiters = new CheckoutQueue();
    private final ShardActivity activity;
    private final SlotExchange slots;
    private final NotificationHub hub;
    private final Future<?> housekeeping;
    private BackendPools.Terms terms;
    /// The configuration knows this login no more: whoever waits is served, and nothing is kept.
    private boolean retired;
    private int connecting;
    private boolean ticking;
    private boolean sequencesAreRead;
    private boolean closed;
    private final ConnectFailures failures;

    /// Whether nothing is lent for now, and until when those who wait have waited for nothing but the end of that.
    private boolean paused;

    private long resumedNanos;

    /// Read by the other event loops.
    private volatile int size;

    BackendPool(
            EventLoop loop,
            ShardLogin target,
            BackendPools pools,
            BackendPools.Terms terms,
            PoolBudget budget,
            BackendConnector connector) {
        this.loop = loop;
        this.activity = pools.activity(loop, target.server());
        this.paused = pools.isPaused(target.server());
        this.target = target;
        this.failures = new ConnectFailures(target);
        this.pools = pools;
        this.terms = terms;
        this.retired = !terms.declares().test(target);
        this.budget = budget;
        this.connector = connector;
        this.slots = new SlotExchange(this, budget);
        this.hub = new NotificationHub(loop, this, connector);
        budget.join(this);
        this.housekeeping = loop.scheduleWithFixedDelay(this::keepHouse, 0, 1, TimeUnit.SECONDS);
    }

    static long now() {
        return System.nanoTime() - ORIGIN_NANOS;
    }

    EventLoop loop() {
        return loop;
    }

    public ShardLogin target() {
        return target;
    }

    PoolConfig config() {
        return terms.config();
    }

    BackendPools.Terms terms() {
        return terms;
    }

    /// Who listens for the tenants of this pool.
    public NotificationHub hub() {
        return hub;
    }

    /// Whether any tenant has ever asked what it got from sequences.
    boolean sequencesAreRead() {
        return sequencesAreRead;
    }

    void readSequences() {
        sequencesAreRead = true;
    }

    SlotExchange slots() {
        return slots;
    }

    ShardActivity activity() {
        return activity;
    }

    long waitingSince() {
        return waiters.waitingSince();
    }

    int size() {
        return size;
    }

    void configure(BackendPools.Terms next) {
        terms = next;
        retired = !terms.declares().test(target);
        if (!closed) {
            keepHouse();
            openMore();
        }
    }

    /// A backend at once, or null: then the tenant waits in the queue until it is granted one or refused.
    public @Nullable Backend checkOut(Tenant tenant, Settings settings) {
        if (waiters.isEmpty() && !paused) {
            Backend backend = idle.take();
            if (backend != null) {
                lent(backend, tenant, settings, 0);
                return backend;
            }
        }
        waiters.add(tenant, settings);
        ProxyException failure = failures.last();
        if (failure != null && failsFast() && !paused) {
            loop.execute(() -> refuseAll(failure));
        } else {
            openMore();
            tickLater();
        }
        return null;
    }

    private void lent(Backend backend, Tenant tenant, Settings settings, long waited) {
        activity.counters().add(ShardCounter.CHECKOUTS, 1);
        activity.waits().record(waited);
        backend.lend(tenant, settings);
    }

    /// The tenant waits no longer.
    public void withdraw(Tenant tenant) {
        waiters.remove(tenant);
    }

    /// Lends nothing until [#resume]: who wants a backend waits, for as long as it takes.
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        resumedNanos = now();
        openMore();
    }

    /// Replaces every connection: those that are lent end when they come back.
    void renew() {
        idle.closeAll();
        backends.forEach(Backend::retire);
    }

    /// Ends every connection.
    void kill() {
        renew();
        List.copyOf(backends).forEach(backend -> backend.fail("an administrator has ended the connection", false));
    }

    PoolReport report() {
        int lent = (int) backends.stream().filter(each -> each.tenant() != null).count();
        int waiting = waiters.size();
        return new PoolReport(
                target,
                // Those that are asked have a tenant, too.
                lent - idle.checking(),
                idle.size(),
                idle.checking(),
                connecting,
                waiting,
                waiting == 0 ? 0 : now() - waiters.waitingSince(),
                budget.taken(),
                config().sizeMax(),
                paused,
                failures.message());
    }

    List<BackendReport> backendReports() {
        return backends.stream().map(BackendReport::of).toList();
    }

    /// Takes a backend back from its tenant: it goes to the next one, waits idle, or is closed if it is not clean.
    public void giveBack(Backend backend) {
        backend.takeBack();
        if (!backend.isReusable() || closed || isSurplus(backend)) {
            backend.close();
            return;
        }
        if (backend.isBeingCanceled()) {
            // A cancel that arrives late must not hit the next tenant's statement.
            return;
        }
        if (slots.keepPromise(backend)) {
            return;
        }
        if (idle.isBehind(backend)) {
            idle.check(backend);
        } else {
            pass(backend);
        }
    }

    /// Gives a backend to the first who waits.
    private void pass(Backend backend) {
        CheckoutQueue.Waiter first = paused ? null : waiters.poll();
        if (first == null && retired) {
            backend.close();
        } else if (first == null) {
            idle.add(backend);
        } else {
            lent(backend, first.tenant(), first.settings(), now() - first.sinceNanos());
            first.tenant().granted(backend);
        }
    }

    /// Whether the backend has to make room because the configuration allows fewer than there are.
    private boolean isSurplus(Backend backend) {
        if (!backend.shed && budget.tryShed(config().sizeMax())) {
            backend.shed = true;
        }
        return backend.shed;
    }

    /// Asks the server to stop what it does; `done` is called when it has dealt with that or cannot.
    void cancel(Backend backend, Runnable done) {
        connector.cancel(this, backend.key(), done);
    }

    /// Opens connections for those who wait, as far as the budget allows.
    void openMore() {
        while (isWanting() && waiters.size() > connecting + idle.checking() && idle.tryCheck()) {}
        while (isWanting() && waiters.size() > connecting + idle.checking() && failures.mayRetry() && tryConnect()) {}
    }

    private boolean isWanting() {
        return !closed && !paused;
    }

    /// Closes what is idle; what is lent is closed when it comes back.
    void close() {
        closed = true;
        housekeeping.cancel(false);
        idle.closeAll();
        hub.close();
    }

    @Nullable
    Backend pollLongestIdle() {
        return idle.pollLongest();
    }

    /// Whether no connection is open.
    boolean isEmpty() {
        return backends.isEmpty();
    }

    /// Lets its backends join the epoch by which statements are routed.
    void follow(RoutingEpoch routing) {
        idle.follow(routing);
    }

    /// Lets those leave an older epoch that are idle, or tied to a session that does nothing.
    void epochAdvanced(RoutingEpoch routing) {
        idle.epochAdvanced();
        for (Backend backend : List.copyOf(backends)) {
            if (backend.tenant() != null && backend.isFree() && idle.isBehind(backend)) {
                routing.join(backend);
            }
        }
    }

    /// The epoch by which statements for its backends are routed, 0 if they are not.
    public long epoch() {
        return idle.epoch();
    }

    void failed(ProxyException reason) {
        failures.failed(reason);
    }

    private boolean tryConnect() {
        if (!budget.tryBeginConnect(config().connectsMax())) {
            return false;
        }
        if (!budget.tryTake(config().sizeMax())) {
            budget.endConnect();
            return false;
        }
        connect();
        return true;
    }

    private void connect() {
        connecting++;
        sizeChanged();
        connector.connect(loop, this, new BackendConnector.Listener() {
            @Override
            public void connected(Backend backend) {
                endConnect();
                failures.connected();
                backends.add(backend);
                sizeChanged();
                backend.channel().closeFuture().addListener(_ -> closed(backend));
                giveBack(backend);
                openMore();
            }

            @Override
            public void failed(ProxyException reason) {
                endConnect();
                budget.free();
                connectFailed(reason);
            }
        });
    }

    private void endConnect() {
        connecting--;
        sizeChanged();
        budget.endConnect();
    }

    private void connectFailed(ProxyException reason) {
        activity.counters().add(ShardCounter.CONNECTS_FAILED, 1);
        failures.connectFailed(reason);
        if (budget.taken() == 0) {
            refuseAll(reason);
        }
    }

    /// Whether nobody need wait: there is no backend, and the next attempt to connect is not due yet.
    private boolean failsFast() {
        return budget.taken() == 0 && !failures.mayRetry();
    }

    private void refuseAll(ProxyException reason) {
        waiters.takeAll().forEach(waiter -> refuse(waiter, reason));
    }

    private void refuse(CheckoutQueue.Waiter waiter, ProxyException reason) {
        activity.counters().add(ShardCounter.CHECKOUTS_REFUSED, 1);
        waiter.tenant().refused(reason);
    }

    private void closed(Backend backend) {
        activity.counters().add(ShardCounter.DISCONNECTS, 1);
        backends.remove(backend);
        idle.remove(backend);
        sizeChanged();
        if (backends.isEmpty()) {
            slots.breakPromises();
        }
        if (backend.shed) {
            budget.shed();
        }
        BackendPool heir = backend.heir();
        if (heir == null) {
            budget.free();
        } else {
            heir.loop.execute(heir::openWithSlot);
        }
    }

    private void sizeChanged() {
        size = backends.size() + connecting;
    }

    private void tickLater() {
        if (!ticking) {
            ticking = true;
            loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking = false;
        refuseLate();
        if (waiters.isEmpty()) {
            return;
        }
        openMore();
        if (connecting + idle.checking() == 0 && !waiters.isEmpty() && !paused) {
            slots.ask();
        }
        tickLater();
    }

    private void refuseLate() {
        long late = now() - config().checkoutTimeout().toNanos();
        if (paused || resumedNanos > late) {
            return;
        }
        CheckoutQueue.Waiter first = waiters.pollLate(late);
        while (first != null) {
            refuse(first, whyLate(first));
            first = waiters.pollLate(late);
        }
    }

    /// Nothing came back in time, and if more could have been opened, that failed.
    private ProxyException whyLate(CheckoutQueue.Waiter waiter) {
        ProxyException failure = failures.lastSince(waiter.sinceNanos());
        if (failure != null) {
            return failure;
        }
        return new ProxyException(
                ErrorCode.CHECKOUT_TIMEOUT,
                target.shard() + ": no connection became free within "
                        + config().checkoutTimeout().toMillis() + " ms, all " + config().sizeMax() + " are in use",
                "Transactions are too long or too many for pools.size-max.");
    }

    private void openWithSlot() {
        slots.arrived();
        if (waiters.isEmpty() || closed || !budget.tryBeginConnect(config().connectsMax())) {
            budget.free();
        } else {
            connect();
        }
    }

    private void keepHouse() {
        long now = now();
        for (Backend backend : backends) {
            if (now > backend.deadlineNanos) {
                backend.retire();
            }
        }
        closeSurplus(now - config().idleTimeout().toNanos());
        if (retired) {
            endIfUnused();
        } else {
            while (budget.isFirst(this)
                    && budget.taken() < config().sizeMin()
                    && failures.mayRetry()
                    && tryConnect()) {}
        }
    }

    private void endIfUnused() {
        if (waiters.isEmpty() && backends.isEmpty() && connecting == 0) {
            pools.forget(this);
            idle.forgetRouting();
            budget.leave(this);
            slots.breakPromises();
            close();
        }
    }

    private void closeSurplus(long idleTooLong) {
        // A slot is free only when the server has closed the connection, so those that are about to be are counted.
        int surplus = budget.taken() - config().sizeMin();
        for (Backend backend : idle.list()) {
            boolean tooMany = backend.idleSinceNanos < idleTooLong && surplus > 0;
            if (backend.isRetired() || tooMany || retired || isSurplus(backend)) {
                surplus--;
                idle.remove(backend);
                backend.close();
            }
        }
    }
}
