package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The pools of all event loops, made when they are first asked for.
public final class BackendPools {
    private final PoolConfig config;
    private final BackendConnector connector;
    private final Map<ShardLogin, PoolBudget> budgets = new ConcurrentHashMap<>();
    private final Map<Place, BackendPool> pools = new ConcurrentHashMap<>();

    private record Place(EventLoop loop, ShardLogin login) {}

    public BackendPools(PoolConfig config, BackendConnector connector) {
        this.config = config;
        this.connector = connector;
    }

    public BackendPool pool(EventLoop loop, ShardLogin login) {
        return pools.computeIfAbsent(new Place(loop, login), this::open);
    }

    /// Closes what is idle, and the rest when it comes back.
    public void close() {
        List.copyOf(pools.values()).forEach(pool -> pool.loop().execute(pool::close));
    }

    /// How many connections are open or being opened.
    public int backends() {
        return pools.values().stream().mapToInt(BackendPool::size).sum();
    }

    private BackendPool open(Place place) {
        PoolBudget budget =
                budgets.computeIfAbsent(place.login, _ -> new PoolBudget(config.sizeMax(), config.connectsMax()));
        return new BackendPool(place.loop, place.login, config, budget, connector);
    }
}
