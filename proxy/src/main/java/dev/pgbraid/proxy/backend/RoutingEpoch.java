package dev.pgbraid.proxy.backend;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The epoch by which the statements of a database are routed on one event loop.
///
/// A backend joins it before it runs any of them. So whoever changes the placement sees when no backend works by an
/// older epoch any more.
public final class RoutingEpoch {
    private final Runnable outdated;
    private final Set<BackendPool> pools = new HashSet<>();
    private long current;

    /// @param outdated is run when a shard knows a newer epoch; the news come by [#advance]
    public RoutingEpoch(Runnable outdated) {
        this.outdated = outdated;
    }

    public long current() {
        return current;
    }

    /// From now on statements are routed by this epoch.
    public void advance(long epoch) {
        if (epoch > current) {
            current = epoch;
            List.copyOf(pools).forEach(pool -> pool.epochAdvanced(this));
        }
    }

    /// Makes a backend join, which has nothing else to do.
    public void join(Backend backend) {
        backend.ask(new Join(backend, this));
        backend.writer().flush();
    }

    /// Lets the backends of a pool join.
    public void serve(BackendPool pool) {
        if (pools.add(pool)) {
            pool.follow(this);
        }
    }

    void forget(BackendPool pool) {
        pools.remove(pool);
    }

    void isOutdated() {
        outdated.run();
    }
}
