package dev.pgbraid.proxy.client;

import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.router.GatherResult;
import dev.pgbraid.router.Router;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Snapshot;
import io.netty.channel.EventLoop;
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
    private @Nullable Snapshot used;
    private long version;

    /// @param cluster what follows its catalog; null if nothing of it is known
    /// @param limits those in force
    RoutedDatabase(EventLoop loop, Router router, @Nullable Cluster cluster, Supplier<LimitConfig> limits) {
        this.limits = limits;
        this.loop = loop;
        this.router = router;
        this.cluster = cluster;
        if (cluster != null) {
            cluster.listen(snapshot -> loop.execute(() -> use(snapshot)));
            // What became known between the making of the router and this.
            use(cluster.current());
        }
    }

    private void use(Snapshot snapshot) {
        if (!snapshot.equals(used)) {
            used = snapshot;
            router.use(snapshot);
            version++;
        }
    }

    /// How much one query may gather.
    long gatherBytesMax() {
        return limits.get().gatherBytesMax().bytes();
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
                .whenComplete((snapshot, problem) -> loop.execute(() -> {
                    if (problem == null) {
                        use(snapshot);
                    } else {
                        LOGGER.atWarn().setCause(problem).log("the catalog could not be read again");
                    }
                    done.run();
                }));
    }

    /// The routes of a text, if they are known.
    @Nullable
    Routes find(byte[] text, int length, Perspective perspective) {
        return router.find(text, 0, length, perspective);
    }

    /// Finds out how the rows of a query are gathered, and says on the event loop what it is, or what went wrong.
    void gathering(byte[] text, Perspective perspective, Consumer<GatherResult> found, Consumer<Throwable> failed) {
        router.gathering(text, perspective).whenComplete((result, problem) -> {
            if (problem == null) {
                found.accept(result);
            } else {
                failed.accept(problem);
            }
        });
    }

    /// Finds out the routes of a text, and says on the event loop what they are, or what went wrong.
    void read(byte[] text, Perspective perspective, Consumer<Routes> found, Consumer<Throwable> failed) {
        router.read(text, 0, text.length, perspective).whenComplete((routes, problem) -> {
            if (problem == null) {
                found.accept(routes);
            } else {
                failed.accept(problem);
            }
        });
    }
}
