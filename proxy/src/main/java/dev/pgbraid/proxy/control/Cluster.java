package dev.pgbraid.proxy.control;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.control.placement.ControlSchema;
import dev.pgbraid.proxy.control.placement.EtcdStore;
import dev.pgbraid.proxy.control.placement.HomeShardStore;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.proxy.control.table.Cancellation;
import dev.pgbraid.proxy.control.table.InDoubt;
import dev.pgbraid.proxy.control.table.TableCall;
import dev.pgbraid.proxy.control.table.TableChange;
import dev.pgbraid.proxy.control.table.TableCommands;
import dev.pgbraid.proxy.control.table.TableOutcome;
import dev.pgbraid.proxy.control.table.TableRequest;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The catalog and the placement of one database, kept up to date until it is closed.
///
/// Changes come from three sides: what sessions of this proxy do, which they tell; what other proxies do, which tell it
/// by NOTIFY; and what happens beside them, for which shards are asked again and again.
public final class Cluster implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Cluster.class);
    private static final Duration NEWS_PATIENCE = Duration.ofSeconds(10);
    /// How long another proxy may take from preparing a change to ending it.
    private static final Duration CHANGE_GRACE = Duration.ofSeconds(30);

    /// How soon a shard is asked again that has yet to end a change.
    private static final Duration LATE_PAUSE = Duration.ofMillis(10);

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final DatabaseConfig file;
    private final List<ShardPool> pools;
    private final PlacementStore store;
    private final ClusterReader reader;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final List<Consumer<ClusterState>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable ClusterState> state = new AtomicReference<>();
    private final Thread follower;
    private final Thread newsReader;
    private volatile boolean isClosed;

    /// A wish to have everything read again.
    ///
    /// @param isOwn whether something may have changed here, of which other proxies do not know
    private record Request(boolean isOwn, CompletableFuture<ClusterState> answer) {}

    private Cluster(DatabaseConfig file, Duration connectTimeout) {
        this.file = file;
        this.pools = file.shards().stream()
                .map(shard -> new ShardPool(shard, file.control(), connectTimeout))
                .toList();
        this.store = file.control().etcd().isEmpty()
                ? new HomeShardStore(pools.getFirst())
                : new EtcdStore(file.control().etcd(), file.name());
        this.reader = new ClusterReader(file, pools, store);
        this.follower = Thread.ofVirtual().name("control of " + file.name()).unstarted(this::follow);
        this.newsReader = Thread.ofVirtual().name("news of " + file.name()).unstarted(this::listenForNews);
    }

    /// Starts to follow a database; returns when its catalog and its placement are known.
    ///
    /// @param file the database as the configuration file declares it, with a user for control
    /// @param connectTimeout how long a connection to a shard may take
    /// @throws ProxyException if they do not become known in time, or contradict the file
    public static Cluster start(DatabaseConfig file, Duration connectTimeout) {
        Cluster cluster = new Cluster(file, connectTimeout);
        try {
            cluster.begin();
            return cluster;
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private void begin() {
        CompletableFuture<ClusterState> first = request(false);
        follower.start();
        newsReader.start();
        try {
            first.get(file.control().startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new ProxyException(
                    ErrorCode.SHARD_UNREACHABLE,
                    "database " + file.name() + ": its catalog and placement are not known after "
                            + file.control().startTimeout().toSeconds() + " s: "
                            + String.join("; ", reader.failures()),
                    "Are the shards up, and may databases." + file.name() + ".control.user log in to them?");
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof ProxyException own ? own : new IllegalStateException(refused);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    /// What is known.
    public Snapshot current() {
        return state().snapshot();
    }

    /// What is known, the stored placement included.
    public ClusterState state() {
        ClusterState known = state.get();
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return known;
    }

    /// The database's shards, tables and buckets, as rows.
    public ClusterListing listing() {
        return ClusterListing.of(state());
    }

    /// What cannot be read for now, how shards differ, and what is wrong with declarations, each in words.
    public List<String> problems() {
        List<String> problems = new ArrayList<>(reader.failures());
        problems.addAll(state().problems());
        return problems;
    }

    /// Tells `listener` of each state from the next one on, on a thread of its own.
    public void listen(Consumer<ClusterState> listener) {
        listeners.add(listener);
    }

    /// Says that a statement may have changed the catalog, in a transaction that is committed.
    ///
    /// @return completes, on any thread, with a state that was read after this call
    public CompletableFuture<ClusterState> catalogMayHaveChanged() {
        return request(true);
    }

    /// Does what a call of one of the functions of schema `pgbraid` asks for; see [TableCall]. Blocks until that is
    /// done, and known here.
    ///
    /// @param perspective of the session that calls
    public TableOutcome call(byte[] statement, Perspective perspective, Cancellation cancellation) {
        // The table may have been made a moment ago, beside this proxy.
        catalogMayHaveChanged().join();
        return switch (TableCall.read(statement, perspective, current().catalog())) {
            case TableCall.Result.Valid(TableChange change) ->
                change(new TableRequest(change, perspective.user(), cancellation));
            case TableCall.Result.Invalid(TableOutcome.Refused refused) -> refused;
        };
    }

    /// Changes where the rows of a table are. Blocks until that is done, and known here.
    public TableOutcome change(TableRequest request) {
        TableOutcome outcome =
                new TableCommands(file, pools, store).make(request, current().catalog());
        if (!(outcome instanceof TableOutcome.Refused)) {
            catalogMayHaveChanged().join();
        }
        return outcome;
    }

    private CompletableFuture<ClusterState> request(boolean isOwn) {
        CompletableFuture<ClusterState> answer = new CompletableFuture<>();
        requests.add(new Request(isOwn, answer));
        return answer;
    }

    private void follow() {
        List<Request> waiting = new ArrayList<>();
        while (!isClosed) {
            try {
                Duration pause = reader.isLate() ? LATE_PAUSE : file.control().pollInterval();
                Request next = requests.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
                Optional.ofNullable(next).ifPresent(waiting::add);
                requests.drainTo(waiting);
                refresh();
                settle();
                answer(waiting);
            } catch (ProxyException refused) {
                if (waiting.isEmpty()) {
                    LOGGER.error("{}", refused.getMessage());
                }
                waiting.forEach(request -> request.answer.completeExceptionally(refused));
                waiting.clear();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void refresh() {
        Optional<ClusterState> news = reader.refresh();
        news.ifPresent(next -> {
            ClusterState before = state.getAndSet(next);
            next.problems().stream()
                    .filter(problem -> before == null || !before.problems().contains(problem))
                    .forEach(problem -> LOGGER.warn("database {}: {}", file.name(), problem));
            listeners.forEach(listener -> listener.accept(next));
        });
    }

    /// Ends what other proxies have left half done. Where that cannot be done now, the next round does it.
    private void settle() {
        InDoubt inDoubt = new InDoubt(file.name(), store, CHANGE_GRACE);
        for (ShardPool pool : pools) {
            try {
                inDoubt.resolve(pool);
            } catch (ShardFailure | StoreFailure away) {
                LOGGER.debug("what is in doubt stays so: {}", away.getMessage());
            }
        }
        ClusterState known = state.get();
        if (known != null && known.stored().held().isPresent()) {
            releaseAbandoned();
        }
    }

    private void releaseAbandoned() {
        try {
            new TableCommands(file, pools, store).releaseAbandoned();
        } catch (ShardFailure | StoreFailure away) {
            LOGGER.debug("a table stays closed: {}", away.getMessage());
        }
    }

    /// As long as nothing is known, requests wait.
    private void answer(List<Request> waiting) {
        ClusterState known = state.get();
        if (known == null || waiting.isEmpty() || reader.isLate()) {
            return;
        }
        if (waiting.stream().anyMatch(Request::isOwn)) {
            tellOthers();
        }
        waiting.forEach(request -> request.answer.complete(known));
        waiting.clear();
    }

    private void tellOthers() {
        try (ShardTransaction transaction = pools.getFirst().write()) {
            transaction.execute("NOTIFY pgbraid, 'catalog'");
            transaction.commit();
        } catch (ShardFailure away) {
            LOGGER.debug("other proxies will find out by themselves: {}", away.getMessage());
        }
    }

    private void listenForNews() {
        while (!isClosed) {
            try (ShardPool.Subscription subscription = pools.getFirst().subscribe(ControlSchema.NAME)) {
                // What was told before is not heard.
                request(false);
                while (!isClosed) {
                    if (!subscription.await(NEWS_PATIENCE).isEmpty()) {
                        request(false);
                    }
                }
            } catch (ShardFailure away) {
                LOGGER.debug("no news from the home shard: {}", away.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(file.control().pollInterval());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends all of it; returns when nothing runs any more.
    @Override
    public void close() {
        isClosed = true;
        request(false);
        newsReader.interrupt();
        try {
            // A shard that is slow is not waited for.
            if (!follower.join(GOODBYE)) {
                follower.interrupt();
                follower.join();
            }
            newsReader.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        store.close();
        pools.forEach(ShardPool::close);
    }
}
