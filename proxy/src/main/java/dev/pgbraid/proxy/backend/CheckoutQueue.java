package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Those who wait for a backend of a pool, first come, first served.
final class CheckoutQueue {
    /// What [#waitingSince()] says when nobody waits.
    static final long NOBODY_WAITS = Long.MAX_VALUE;

    /// @param sinceNanos when it came
    record Waiter(Tenant tenant, Settings settings, long sinceNanos) {}

    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /// Read by the other event loops.
    private volatile long waitingSince = NOBODY_WAITS;

    long waitingSince() {
        return waitingSince;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    void add(Tenant tenant, Settings settings) {
        waiters.addLast(new Waiter(tenant, settings, BackendPool.now()));
        changed();
    }

    void remove(Tenant tenant) {
        waiters.removeIf(waiter -> waiter.tenant.equals(tenant));
        changed();
    }

    /// Takes out the one who has waited longest.
    @Nullable
    Waiter poll() {
        Waiter first = waiters.poll();
        changed();
        return first;
    }

    /// Takes out one who has waited since `late` or longer.
    @Nullable
    Waiter pollLate(long late) {
        Waiter first = waiters.peekFirst();
        return first != null && first.sinceNanos <= late ? poll() : null;
    }

    /// Takes out all.
    List<Waiter> takeAll() {
        List<Waiter> all = new ArrayList<>(waiters);
        waiters.clear();
        changed();
        return all;
    }

    private void changed() {
        Waiter first = waiters.peekFirst();
        waitingSince = first == null ? NOBODY_WAITS : first.sinceNanos;
    }
}
