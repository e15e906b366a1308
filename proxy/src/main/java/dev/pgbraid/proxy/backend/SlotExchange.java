package dev.pgbraid.proxy.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/// Moves slots of the shared budget to the pool of an event loop, and from it to the others.
///
/// A pool whose tenants wait asks the one whose tenants fare best. That gives up an idle backend, or promises the next
/// one that comes back. Each exchange is confined to its pool's event loop; they talk by tasks that they put there.
final class SlotExchange {
    /// A slot moves only to a queue that waits this much longer than twice as long: moving costs a connect.
    private static final long MOVE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BackendPool pool;
    private final PoolBudget budget;
    private final Deque<SlotExchange> owedTo = new ArrayDeque<>();
    private boolean asked;
    /// Whether the pool that was asked gives a slot when it can, which may be long.
    private boolean promised;

    private int turn;

    SlotExchange(BackendPool pool, PoolBudget budget) {
        this.pool = pool;
        this.budget = budget;
    }

    /// Looks for a slot for those who wait.
    void ask() {
        if (!asked) {
            askWhoFaresBest();
        } else if (promised) {
            askWhoMayHaveIdle();
        }
    }

    /// A slot has come.
    void arrived() {
        asked = false;
        promised = false;
    }

    /// Gives the slot of a backend that nobody uses to the first of those who were promised one and still need it.
    ///
    /// @return whether there is one; then the backend is closed
    boolean keepPromise(Backend backend) {
        SlotExchange needy = owedTo.poll();
        while (needy != null && needy.pool.waitingSince() == CheckoutQueue.NOBODY_WAITS) {
            needy.answer(false);
            needy = owedTo.poll();
        }
        if (needy == null) {
            return false;
        }
        move(backend, needy);
        return true;
    }

    /// There is nothing to give any more.
    void breakPromises() {
        owedTo.forEach(needy -> needy.answer(false));
        owedTo.clear();
    }

    private void askWhoFaresBest() {
        BackendPool other = budget.leastNeedy(pool);
        if (other == null) {
            return;
        }
        long waited = BackendPool.now() - pool.waitingSince();
        long otherSince = other.waitingSince();
        long otherWaited = otherSince == CheckoutQueue.NOBODY_WAITS ? 0 : BackendPool.now() - otherSince;
        if (otherSince == CheckoutQueue.NOBODY_WAITS || waited > 2 * otherWaited + MOVE_AFTER_NANOS) {
            asked = true;
            other.loop().execute(() -> other.slots().yieldTo(this));
        }
    }

    /// A promise may be kept late: a transaction can last, while a backend of yet another pool has nothing to do.
    private void askWhoMayHaveIdle() {
        BackendPool other = budget.unneeded(pool, turn++);
        if (other != null) {
            promised = false;
            other.loop().execute(() -> other.slots().yieldIdleTo(this));
        }
    }

    private void yieldTo(SlotExchange needy) {
        Backend backend = pool.pollLongestIdle();
        if (backend != null) {
            move(backend, needy);
        } else if (pool.isEmpty()) {
            needy.answer(false);
        } else {
            if (!owedTo.contains(needy)) {
                owedTo.add(needy);
            }
            needy.answer(true);
        }
    }

    private void yieldIdleTo(SlotExchange needy) {
        Backend backend = pool.pollLongestIdle();
        if (backend == null) {
            needy.answer(true);
        } else {
            move(backend, needy);
        }
    }

    /// Tells the one that asked, on its own event loop, what became of that.
    private void answer(boolean promise) {
        pool.loop().execute(() -> {
            asked = promise;
            promised = promise;
        });
    }

    private static void move(Backend backend, SlotExchange needy) {
        backend.bequeath(needy.pool);
        backend.close();
    }
}
