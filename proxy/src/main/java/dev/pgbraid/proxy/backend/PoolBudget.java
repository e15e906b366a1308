package dev.pgbraid.proxy.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The cap on the connections of one login to one shard, shared by its pools on all event loops.
///
/// A connection that is open, being opened or being closed holds one slot. A slot that is passed from one pool to
/// another stays taken on the way, so the cap is never exceeded. This is the only state that event loops share.
final class PoolBudget {
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger connecting = new AtomicInteger();
    /// How many of the slots that are taken belong to backends that end because the cap was lowered.
    private final AtomicInteger shedding = new AtomicInteger();
    private final List<BackendPool> pools = new CopyOnWriteArrayList<>();

    void join(BackendPool pool) {
        pools.add(pool);
    }

    void leave(BackendPool pool) {
        pools.remove(pool);
    }

    /// Whether that is the one of the pools that sees to what is common to all.
    boolean isFirst(BackendPool pool) {
        return pools.getFirst() == pool;
    }

    int taken() {
        return taken.get();
    }

    boolean tryTake(int sizeMax) {
        return tryIncrement(taken, sizeMax);
    }

    /// Whether a backend has to end because there are too many; if so it must be told by [#shed()] when it has ended.
    boolean tryShed(int sizeMax) {
        int value = shedding.get();
        while (taken.get() - value > sizeMax) {
            if (shedding.compareAndSet(value, value + 1)) {
                return true;
            }
            value = shedding.get();
        }
        return false;
    }

    void shed() {
        shedding.decrementAndGet();
    }

    /// Frees a slot, and tells the pool whose tenant has waited longest.
    void free() {
        taken.decrementAndGet();
        BackendPool neediest = neediest();
        if (neediest != null) {
            neediest.loop().execute(neediest::openMore);
        }
    }

    boolean tryBeginConnect(int connectsMax) {
        return tryIncrement(connecting, connectsMax);
    }

    void endConnect() {
        connecting.decrementAndGet();
    }

    /// The other pool whose tenants fare best: it has an idle backend, or its first tenant has come most recently.
    @Nullable
    BackendPool leastNeedy(BackendPool than) {
        BackendPool best = null;
        long bestSince = Long.MIN_VALUE;
        for (BackendPool pool : pools) {
            long since = pool.waitingSince();
            if (pool != than && pool.size() > 0 && since > bestSince) {
                best = pool;
                bestSince = since;
            }
        }
        return best;
    }

    /// Another pool that nobody waits for, so that it may have an idle backend.
    ///
    /// @param turn leads to each of them as it rises
    @Nullable
    BackendPool unneeded(BackendPool than, int turn) {
        for (int i = 0; i < pools.size(); i++) {
            BackendPool pool = pools.get(Math.floorMod(turn + i, pools.size()));
            if (pool != than && pool.size() > 0 && pool.waitingSince() == CheckoutQueue.NOBODY_WAITS) {
                return pool;
            }
        }
        return null;
    }

    private @Nullable BackendPool neediest() {
        BackendPool worst = null;
        long worstSince = CheckoutQueue.NOBODY_WAITS;
        for (BackendPool pool : pools) {
            long since = pool.waitingSince();
            if (since < worstSince) {
                worst = pool;
                worstSince = since;
            }
        }
        return worst;
    }

    private static boolean tryIncrement(AtomicInteger counter, int max) {
        int value = counter.get();
        while (value < max) {
            if (counter.compareAndSet(value, value + 1)) {
                return true;
            }
            value = counter.get();
        }
        return false;
    }
}
