package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import java.util.List;

/// Where one session can be served: a pool for each shard of its database, the home shard's first.
final class Shards {
    /// The number of the home shard.
    static final int HOME = 0;

    private List<BackendPool> pools;
    private int chosen;

    Shards(List<BackendPool> pools) {
        this.pools = pools;
    }

    /// The pool of the home shard.
    BackendPool home() {
        return pools.getFirst();
    }

    /// The pool that the next backend comes from.
    BackendPool chosen() {
        return pools.get(chosen);
    }

    /// Chooses a shard by its number.
    void choose(int shard) {
        chosen = shard;
    }

    int count() {
        return pools.size();
    }

    String name(int shard) {
        return pools.get(shard).target().shard();
    }

    BackendPool pool(int shard) {
        return pools.get(shard);
    }

    /// The number of the shard that a backend is on, -1 if it is none of them any more.
    int of(Backend backend) {
        return of(backend.pool());
    }

    /// The number of the shard of a pool, -1 if it is none of them any more.
    int of(BackendPool pool) {
        return pools.indexOf(pool);
    }

    boolean areOf(List<BackendPool> others) {
        return pools.equals(others);
    }

    /// Takes backends from other pools from now on.
    void replace(List<BackendPool> others) {
        pools = others;
        chosen = Math.min(chosen, others.size() - 1);
    }
}
