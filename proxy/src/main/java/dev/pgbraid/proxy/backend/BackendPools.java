package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.startup.CancelRequest;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// The pools of all event loops, made when they are first asked for.
public final class BackendPools {
    private final AtomicReference<Terms> terms;
    private final BackendConnector connector;
    private final Map<ShardLogin, PoolBudget> budgets = new ConcurrentHashMap<>();
    private final Map<Place, BackendPool> pools = new ConcurrentHashMap<>();

    private record Place(EventLoop loop, ShardLogin login) {}

    /// What pools are told of the configuration.
    ///
    /// The pool of a login that it does not declare ends with its last tenant.
    ///
    /// @param cancelPatience how long the answer to a cancel request is awaited
    /// @param keepalive the silence after which a shard is asked whether it is still there
    /// @param declares whether sessions may have this login
    public record Terms(
            PoolConfig config, Duration cancelPatience, Duration keepalive, Predicate<ShardLogin> declares) {}

    public BackendPools(Terms terms, BackendConnector connector) {
        this.terms = new AtomicReference<>(terms);
        this.connector = connector;
    }

    public BackendPool pool(EventLoop loop, ShardLogin login) {
        return pools.computeIfAbsent(new Place(loop, login), this::open);
    }

    /// Tells every pool of a new configuration; each takes it on its event loop, before anything that is put there
    /// later.
    public void configure(Terms next) {
        terms.set(next);
        List.copyOf(pools.values()).forEach(pool -> pool.loop().execute(() -> pool.configure(next)));
    }

    /// Closes what is idle, and the rest when it comes back.
    public void close() {
        List.copyOf(pools.values()).forEach(pool -> pool.loop().execute(pool::close));
    }

    /// Connects to a shard for one client alone.
    ///
    /// @param startup what the StartupMessage says beside who logs in where
    public void connectOwned(
            EventLoop loop, ShardLogin login, Map<String, String> startup, OwnedBackend.Listener listener) {
        connector.connectOwned(loop, terms.get(), login, startup, listener);
    }

    /// Asks another proxy to cancel what it does for one of its clients; `done` is called when it has dealt with the
    /// request or cannot, or when that takes too long.
    public void cancelAt(EventLoop loop, InetSocketAddress peer, CancelKey key, Runnable done) {
        connector.cancel(loop, terms.get(), new CancelHandler(peer, null, new CancelRequest(key)), done);
    }

    /// The pool has come to its end.
    void forget(BackendPool pool) {
        pools.remove(new Place(pool.loop(), pool.target()), pool);
    }

    private BackendPool open(Place place) {
        PoolBudget budget = budgets.computeIfAbsent(place.login, _ -> new PoolBudget());
        return new BackendPool(place.loop, place.login, this, terms.get(), budget, connector);
    }
}
