package dev.pgbraid.proxy.client;

import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.BackendPools;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.OwnedBackend;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.proxy.metrics.DatabaseActivity;
import dev.pgbraid.proxy.session.ChangeReader;
import dev.pgbraid.proxy.session.Settings;
import dev.pgbraid.proxy.session.StatementCache;
import dev.pgbraid.router.Router;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.parse.ParserPool;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the sessions of one event loop share.
final class Worker {
    private static final int WELCOMES_MAX = 1024;

    /// What a session begins with depends on whose login it is and on the settings.
    private record Occasion(List<ShardLogin> logins, Settings settings) {}

    private final EventLoop loop;
    private final Gate gate;
    private final BackendPools pools;
    private final StatementCache statements = new StatementCache();
    private final ChangeReader changeReader = new ChangeReader();
    private final Map<Settings, Settings> settings = new HashMap<>();
    private final Map<Occasion, Greeting> welcomes = new HashMap<>();
    private final Map<Session, SessionWatch> sessions = new HashMap<>();
    private final Map<String, Cluster> clusters;
    private final ParserPool parsers;
    private final Map<String, RoutedDatabase> routed = new HashMap<>();
    private final Set<Relay> relays = new HashSet<>();
    private final Set<ConsoleClient> consoles = new HashSet<>();
    private final Map<String, DatabaseActivity> activities = new HashMap<>();
    private Policy policy;
    private UserLookup lookup;
    private boolean draining;

    /// @param clusters what follows the catalogs of databases, by their names
    /// @param parsers reads statements that are new
    Worker(
            EventLoop loop,
            Gate gate,
            BackendPools pools,
            Policy policy,
            Map<String, Cluster> clusters,
            ParserPool parsers) {
        this.parsers = parsers;
        this.loop = loop;
        this.clusters = clusters;
        this.gate = gate;
        this.pools = pools;
        this.policy = policy;
        this.lookup = new UserLookup(policy.userQuery());
        long millis = SessionWatch.PERIOD.toMillis();
        loop.scheduleWithFixedDelay(this::watchSessions, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void watchSessions() {
        PoolConfig poolConfig = policy.pools();
        long now = System.nanoTime();
        List.copyOf(sessions.values()).forEach(watch -> watch.look(poolConfig, now));
    }

    /// What the configuration in force says of clients.
    Policy policy() {
        return policy;
    }

    /// Puts another policy in force, for the sessions that there are too.
    void configure(Policy next) {
        policy = next;
        lookup = new UserLookup(next.userQuery());
        welcomes.clear();
        sessions.forEach((session, watch) -> watch.heed(next.timeouts(session.identity())));
        List.copyOf(sessions.keySet()).forEach(this::apply);
        List.copyOf(relays).forEach(this::apply);
    }

    /// Ends one that could not begin any more.
    private void apply(Relay relay) {
        try {
            if (!policy.shardLogins(relay.identity()).contains(relay.target())) {
                relay.end();
            }
        } catch (ProxyException gone) {
            relay.end();
        }
    }

    /// Sends a session to the pool that it is to use from now on; one that may not be there any more ends after its
    /// transaction, and so does one that the server would know by another name.
    private void apply(Session session) {
        try {
            List<ShardLogin> logins = policy.shardLogins(session.identity());
            if (logins.getFirst().user().equals(session.shards().home().target().user())) {
                move(session, pools(session.identity().database(), logins));
            } else {
                session.drain();
            }
        } catch (ProxyException gone) {
            session.drain();
        }
    }

    /// Makes a session take backends from other pools from now on. The one that it may have goes back to its own.
    private static void move(Session session, List<BackendPool> next) {
        Shards shards = session.shards();
        if (shards.areOf(next)) {
            return;
        }
        if (session.subscriptions().isActive() || session.steering().isSpread()) {
            // What is notified where the shard was is not what the client listens to any more, and a transaction cannot
            // have parts here and there.
            session.drain();
            return;
        }
        BackendPool before = shards.chosen();
        shards.replace(next);
        if (session.isWaiting()) {
            before.withdraw(session);
            session.checkOut();
            session.flush();
        }
    }

    UserLookup lookup() {
        return lookup;
    }

    LimitConfig limits() {
        return policy.limits();
    }

    StatementCache statements() {
        return statements;
    }

    ChangeReader changeReader() {
        return changeReader;
    }

    BackendPool pool(ShardLogin login) {
        return pools.pool(loop, login);
    }

    /// The database of that name, if it has several shards.
    Optional<RoutedDatabase> routed(String database) {
        return Optional.ofNullable(routed.computeIfAbsent(database, this::route));
    }

    private @Nullable RoutedDatabase route(String database) {
        List<ShardId> shards = policy.shards(database);
        if (shards.size() < 2) {
            return null;
        }
        Cluster cluster = clusters.get(database);
        Snapshot snapshot = cluster == null
                ? new Snapshot(Catalog.builder().build(), Topology.undeclared(shards))
                : cluster.current();
        return new RoutedDatabase(loop, new Router(snapshot, parsers, loop), cluster, this::limits);
    }

    /// What is counted of a database. Only names of databases that there are get here.
    DatabaseActivity activity(String database) {
        return activities.computeIfAbsent(database, _ -> new DatabaseActivity());
    }

    /// The pools of a database, for these logins.
    List<BackendPool> pools(String database, List<ShardLogin> logins) {
        List<BackendPool> all = logins.stream().map(this::pool).toList();
        routed(database).ifPresent(routes -> all.forEach(routes.epoch()::serve));
        return all;
    }

    /// The one object for settings that are equal.
    Settings intern(Settings given) {
        if (given.isEmpty()) {
            return Settings.NONE;
        }
        if (settings.size() >= WELCOMES_MAX) {
            // Harmless: settings that are equal but not the same are replayed once too often.
            settings.clear();
            welcomes.clear();
        }
        return settings.computeIfAbsent(given, same -> same);
    }

    @Nullable
    Greeting welcome(List<ShardLogin> logins, Settings given) {
        return welcomes.get(new Occasion(logins, given));
    }

    void remember(List<ShardLogin> logins, Settings given, Greeting greeting) {
        welcomes.put(new Occasion(logins, given), greeting);
    }

    /// Passes a request to cancel on to the proxy that it is for; `done` is called when that one has dealt with it or
    /// cannot.
    void cancelAtPeer(int number, CancelKey key, Runnable done) {
        policy.peer(number)
                .map(peer -> InetSocketAddress.createUnresolved(peer.host(), peer.port()))
                .ifPresentOrElse(address -> pools.cancelAt(loop, address, key, done), done);
    }

    void join(Session session) {
        sessions.put(session, new SessionWatch(session, policy.timeouts(session.identity())));
        apply(session);
        if (draining) {
            session.drain();
        }
    }

    void leave(Session session) {
        sessions.remove(session);
        leave(session.processId(), session.identity());
    }

    void join(Relay relay) {
        relays.add(relay);
        apply(relay);
        if (draining) {
            relay.end();
        }
    }

    void leave(Relay relay) {
        relays.remove(relay);
        leave(relay.processId(), relay.identity());
    }

    void join(ConsoleClient console) {
        consoles.add(console);
        if (draining) {
            console.end();
        }
    }

    void leave(ConsoleClient console) {
        consoles.remove(console);
        leave(console.processId(), console.identity());
    }

    private void leave(int processId, Identity identity) {
        gate.cancelKeys().withdraw(processId);
        gate.leave(identity);
        gate.leave();
    }

    /// Connects to a shard for one client alone.
    void connectOwned(ShardLogin login, Map<String, String> startup, OwnedBackend.Listener listener) {
        pools.connectOwned(loop, login, startup, listener);
    }

    /// What there is to say of this event loop.
    LoopReport report() {
        Map<String, DatabaseActivity> databases = new HashMap<>();
        sessions.keySet().forEach(session -> session.meter().sent());
        activities.forEach((name, activity) -> databases.put(name, activity.copy()));
        Map<String, Map<ClientState, Integer>> clients = new HashMap<>();
        sessions.keySet().forEach(session -> count(clients, session.identity(), SessionWatch.state(session)));
        relays.forEach(relay -> count(clients, relay.identity(), ClientState.RUNNING));
        int pendingTasks = loop instanceof SingleThreadEventExecutor executor ? executor.pendingTasks() : 0;
        return new LoopReport(databases, pools.activities(loop), clients, pools.poolReports(loop), pendingTasks);
    }

    private static void count(Map<String, Map<ClientState, Integer>> clients, Identity identity, ClientState state) {
        clients.computeIfAbsent(identity.database(), _ -> new EnumMap<>(ClientState.class))
                .merge(state, 1, Integer::sum);
    }

    List<ClientReport> clientReports() {
        return Stream.concat(
                        sessions.keySet().stream().map(ClientReport::of),
                        relays.stream().map(ClientReport::of))
                .toList();
    }

    /// The shapes of each database whose clients have waited longest.
    List<ShapeReport> hottestShapes(int max) {
        List<ShapeReport> reports = new ArrayList<>();
        routed.forEach(
                (name, database) -> database.hottest(max).forEach(use -> reports.add(ShapeReport.of(name, use))));
        return reports;
    }

    /// Disconnects clients at once.
    ///
    /// @return how many there were
    int kill(Predicate<ClientReport> which) {
        List<Session> killed = sessions.keySet().stream()
                .filter(session -> which.test(ClientReport.of(session)))
                .toList();
        killed.forEach(session -> session.end(Errors.fields(SessionErrors.killed())));
        List<Relay> ended = relays.stream()
                .filter(relay -> which.test(ClientReport.of(relay)))
                .toList();
        ended.forEach(Relay::end);
        return killed.size() + ended.size();
    }

    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
        List.copyOf(sessions.keySet()).forEach(Session::drain);
        List.copyOf(relays).forEach(Relay::end);
        List.copyOf(consoles).forEach(ConsoleClient::end);
    }
}
