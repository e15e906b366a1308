package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.ProxyException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backends of a pool that nobody has, the one that came last at the end.
///
/// Those that have been idle for long are asked whether their server is still there before they are lent again, and
/// those that have not joined the epoch by which statements are routed have to do that first.
final class IdleBackends {
    private final BackendPool pool;
    private final Deque<Backend> idle = new ArrayDeque<>();
    private @Nullable RoutingEpoch routing;
    /// How many backends are asked.
    private int checking;

    IdleBackends(BackendPool pool) {
        this.pool = pool;
    }

    int size() {
        return idle.size();
    }

    int checking() {
        return checking;
    }

    void add(Backend backend) {
        backend.idleSinceNanos = BackendPool.now();
        idle.addLast(backend);
    }

    void remove(Backend backend) {
        idle.remove(backend);
    }

    List<Backend> list() {
        return List.copyOf(idle);
    }

    void closeAll() {
        list().forEach(Backend::close);
        idle.clear();
    }

    @Nullable
    Backend pollLongest() {
        return idle.pollFirst();
    }

    /// One that can be lent at once.
    @Nullable
    Backend take() {
        Backend backend = pollLast();
        if (backend != null && mustBeChecked(backend)) {
            idle.addLast(backend);
            return null;
        }
        return backend;
    }

    private @Nullable Backend pollLast() {
        Backend backend = idle.pollLast();
        while (backend != null && !backend.isReusable()) {
            backend.close();
            backend = idle.pollLast();
        }
        return backend;
    }

    private boolean mustBeChecked(Backend backend) {
        return isBehind(backend)
                || BackendPool.now() - backend.idleSinceNanos
                        >= pool.config().idleCheck().toNanos();
    }

    /// Asks one; it is given back when its server answers.
    boolean tryCheck() {
        Backend backend = pollLast();
        if (backend == null) {
            return false;
        }
        check(backend);
        return true;
    }

    void check(Backend backend) {
        checking++;
        long joining = epoch();
        IdleCheck.begin(backend, routing, () -> checked(backend, joining), this::checkFailed);
    }

    private void checked(Backend backend, long joining) {
        checking--;
        if (isBehind(backend) && joining == epoch() && backend.isReusable()) {
            // It is asked again when the newer epoch is known, or when somebody waits.
            backend.hand(null);
            add(backend);
        } else {
            pool.giveBack(backend);
        }
    }

    /// What has been idle as long as the one over which no answer came would not bring one either.
    private void checkFailed(ProxyException reason) {
        checking--;
        pool.failed(reason);
        for (Backend backend : list()) {
            if (mustBeChecked(backend)) {
                idle.remove(backend);
                backend.close();
            }
        }
        pool.openMore();
    }

    void follow(RoutingEpoch followed) {
        routing = followed;
        epochAdvanced();
    }

    void forgetRouting() {
        if (routing != null) {
            routing.forget(pool);
        }
    }

    /// The epoch that backends have to join, 0 if none.
    long epoch() {
        return routing == null ? 0 : routing.current();
    }

    boolean isBehind(Backend backend) {
        return backend.epoch() < epoch();
    }

    /// Lets what is idle leave an older epoch: somebody may wait for that.
    void epochAdvanced() {
        for (Backend backend : list()) {
            if (isBehind(backend)) {
                idle.remove(backend);
                check(backend);
            }
        }
    }
}
