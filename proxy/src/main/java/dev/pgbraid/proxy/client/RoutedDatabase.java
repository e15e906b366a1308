package dev.pgbraid.proxy.client;

import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.RoutingEpoch;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.proxy.control.ClusterState;
import dev.pgbraid.proxy.control.table.Cancellation;
import dev.pgbraid.proxy.control.table.TableOutcome;
import dev.pgbraid.router.GatherResult;
import dev.pgbraid.router.Router;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.ShapeUse;
import dev.pgbraid.router.plan.Perspective;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database with several shards, as the sessions of one event loop see it.
final class RoutedDatabase {
    private static final Logger LOGGER = LoggerFactory.getLogger(RoutedDatabase.class);

    private final EventLoop loop;
    private final Router router;
    private final @Nullable Cluster cluster;
    private final Supplier<LimitConfig> limits;
    private final RoutingEpoch epoch;
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable ClusterState used;
    private long version;

    /// @param cluster what follows its catalog; null if nothing of it is known
    /// @param limits those in force
    RoutedDatabase(EventLoop loop, Router router, @Nullable Cluster cluster, Supplier<LimitConfig> limits) {
        this.limits = limits;
        this.loop = loop;
        this.router = router;
        this.cluster = cluster;
        this.epoch = new RoutingEpoch(() -> refresh(() -> {}));
        if (cluster != null) {
            cluster.listen(state -> loop.execute(() -> use(state)));
            // What became known between the making of the router and this.
            use(cluster.state());
        }
    }

    private void use(ClusterState state) {
        if (!state.equals(used)) {
            used = state;
            router.use(state.snapshot());
            version++;
            epoch.advance(state.stored().epoch());
            List<Runnable> told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(Runnable::run);
        }
    }

    /// What is known of the database, if it is followed.
    Optional<ClusterState> state() {
        return Optional.ofNullable(used);
    }

    /// How much one query may gather.
    long gatherBytesMax() {
        return limits.get().gatherBytesMax().bytes();
    }

    /// What backends have to join before they run statements that are routed here.
    RoutingEpoch epoch() {
        return epoch;
    }

    /// Whether a backend has to join the epoch that statements are routed by, before the next one. It does as soon as
    /// it has answered, unless it is in a transaction.
    boolean mustJoinFirst(@Nullable Backend backend) {
        if (backend == null || backend.epoch() >= epoch.current()) {
            return false;
        }
        if (backend.isBatchOpen() || backend.status() != TransactionStatus.IDLE) {
            return false;
        }
        if (backend.isFree()) {
            epoch.join(backend);
        }
        return true;
    }

    /// Whether a backend may not go on with its transaction: it began before something was put elsewhere, and may see
    /// some of the rows where they were and others where they are.
    boolean isTooOld(@Nullable Backend backend) {
        return used != null
                && backend != null
                && backend.epoch() < used.stored().moved();
    }

    /// Tells `listener`, once, when another state is in use.
    void awaitNews(Runnable listener) {
        waiting.add(listener);
    }

    /// What tells this state of the catalog and the topology from those before it.
    long version() {
        return version;
    }

    /// Reads the catalog again; `done` is told on the event loop when what was read is in use, or could not be read.
    void refresh(Runnable done) {
        if (cluster == null) {
            loop.execute(done);
            return;
        }
        cluster.catalogMayHaveChanged()
                .whenComplete((state, problem) -> loop.execute(() -> {
                    if (problem == null) {
                        use(state);
                    } else {
                        LOGGER.atWarn().setCause(problem).log("the catalog could not be read again");
                    }
                    done.run();
                }));
    }

    /// Does what a call of one of the proxy's own functions asks for; `done` is told on the event loop what became of
    /// it, when what it has changed is in use.
    void call(byte[] statement, Perspective perspective, Cancellation cancellation, Consumer<TableOutcome> done) {
        Thread.ofVirtual().name("call").start(() -> {
            TableOutcome outcome = call(statement, perspective, cancellation);
            loop.execute(() -> done.accept(outcome));
        });
    }

    private TableOutcome call(byte[] statement, Perspective perspective, Cancellation cancellation) {
        if (cluster == null) {
            return new TableOutcome.Refused(
                    "55000",
                    "this proxy has no login of its own on the shards",
                    "Give the database a control.user in the configuration file.");
        }
        try {
            return cluster.call(statement, perspective, cancellation);
        } catch (RuntimeException bug) {
            LOGGER.atError().setCause(bug).log("a bug in the call of a function");
            return new TableOutcome.Unknown("the call has failed: " + bug);
        }
    }

    /// As [Router#declaredTypes].
    Optional<List<Integer>> declaredTypes(List<String> written, Perspective perspective) {
        return router.declaredTypes(written, perspective);
    }

    /// As [Router#hottest].
    List<ShapeUse.Report> hottest(int max) {
        return router.hottest(max);
    }

    /// The routes of a text, if they are known.
    @Nullable
    Routes find(byte[] text, int length, Perspective perspective) {
        return router.find(text, 0, length, perspective);
    }

    /// Finds out how the rows of a query are gathered, and says on the event loop what it is, or what went wrong.
    void gathering(byte[] text, Perspective perspective, Consumer<GatherResult> found, Consumer<Throwable> failed) {
        tell(router.gathering(text, perspective), found, failed);
    }

    /// Finds out the routes of a text, and says on the event loop what they are, or what went wrong.
    void read(byte[] text, Perspective perspective, Consumer<Routes> found, Consumer<Throwable> failed) {
        tell(router.read(text, 0, text.length, perspective), found, failed);
    }

    /// What goes wrong with an answer goes wrong with the question: nobody else would hear of it.
    private static <T> void tell(CompletableFuture<T> answer, Consumer<T> found, Consumer<Throwable> failed) {
        answer.thenAccept(found).exceptionally(problem -> {
            boolean isWrapped = problem instanceof CompletionException;
            failed.accept(isWrapped ? Objects.requireNonNullElse(problem.getCause(), problem) : problem);
            return null;
        });
    }
}
