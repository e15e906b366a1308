package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.proxy.metrics.ShardActivity;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The pools of all event loops, made when they are first asked for.
public final class BackendPools {
    private final AtomicReference<Terms> terms;
    private final BackendConnector connector;
    private final Map<ShardLogin, PoolBudget> budgets = new ConcurrentHashMap<>();
    private final Map<Place, BackendPool> pools = new ConcurrentHashMap<>();

    private final Map<Work, ShardActivity> activities = new ConcurrentHashMap<>();
    private final Set<ShardServer> paused = ConcurrentHashMap.newKeySet();

    private record Place(EventLoop loop, ShardLogin login) {}

    private record Work(EventLoop loop, ShardServer server) {}

    /// What pools are told of the configuration.
    ///
    /// The pool of a login that it does not declare ends with its last tenant.
    ///
    /// @param cancelPatience how long the answer to a cancel request is awaited
    /// @param keepalive the silence after which a shard is asked whether it is still there
    /// @param declares whether sessions may have this login
    public record Terms(
            PoolConfig config, Duration cancelPatience, Duration keepalive, Predicate<ShardLogin> declares) {

        /// When a connection that is made now is to end: after 90 % to 100 % of the longest, so that those made
        /// together do not end together.
        long deadlineNanos() {
            double fraction = 0.9 + 0.1 * ThreadLocalRandom.current().nextDouble();
            return BackendPool.now() + (long) (fraction * config.lifetimeMax().toNanos());
        }
    }

    public BackendPools(Terms terms, BackendConnector connector) {
        this.terms = new AtomicReference<>(terms);
        this.connector = connector;
    }

    public BackendPool pool(EventLoop loop, ShardLogin login) {
        return pools.computeIfAbsent(new Place(loop, login), this::open);
    }

    /// What an event loop counts of a shard. It outlives the pools that count, so that no count falls.
    ShardActivity activity(EventLoop loop, ShardServer server) {
        return activities.computeIfAbsent(new Work(loop, server), _ -> new ShardActivity());
    }

    boolean isPaused(ShardServer server) {
        return paused.contains(server);
    }

    /// Lends no backend of these shards until [#resume].
    public void pause(Set<ShardServer> servers) {
        paused.addAll(servers);
        tell(servers, BackendPool::pause);
    }

    public void resume(Set<ShardServer> servers) {
        paused.removeAll(servers);
        tell(servers, BackendPool::resume);
    }

    /// Replaces every connection to these shards, those that are lent when they come back.
    public void renew(Set<ShardServer> servers) {
        tell(servers, BackendPool::renew);
    }

    /// Ends every connection to these shards.
    public void kill(Set<ShardServer> servers) {
        tell(servers, BackendPool::kill);
    }

    private void tell(Set<ShardServer> servers, Consumer<BackendPool> action) {
        for (BackendPool pool : List.copyOf(pools.values())) {
            if (servers.contains(pool.target().server())) {
                pool.loop().execute(() -> action.accept(pool));
            }
        }
    }

    /// What an event loop has counted, by shard. To be called there.
    public Map<ShardServer, ShardActivity> activities(EventLoop loop) {
        Map<ShardServer, ShardActivity> found = new HashMap<>();
        activities.forEach((work, activity) -> {
            if (work.loop.equals(loop)) {
                found.put(work.server, activity.copy());
            }
        });
        return found;
    }

    /// How the pools of an event loop stand. To be called there.
    public List<PoolReport> poolReports(EventLoop loop) {
        return of(loop).map(BackendPool::report).toList();
    }

    /// What the backends of an event loop are at. To be called there.
    public List<BackendReport> backendReports(EventLoop loop) {
        return of(loop).flatMap(pool -> pool.backendReports().stream()).toList();
    }

    private Stream<BackendPool> of(EventLoop loop) {
        return pools.values().stream().filter(pool -> pool.loop().equals(loop));
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
