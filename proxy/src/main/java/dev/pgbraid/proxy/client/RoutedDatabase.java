package dev.pgbraid.proxy.client;

import dev.pgbraid.router.Router;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Perspective;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A database with several shards, as the sessions of one event loop see it.
final class RoutedDatabase {
    private final Router router;
    private long version;

    RoutedDatabase(Router router) {
        this.router = router;
    }

    /// What tells this state of the catalog and the topology from those before it.
    long version() {
        return version;
    }

    /// The routes of a text, if they are known.
    @Nullable
    Routes find(byte[] text, int length, Perspective perspective) {
        return router.find(text, 0, length, perspective);
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
