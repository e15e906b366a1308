package dev.pgbraid.proxy.session;

import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Perspective;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was found out about one prepared text, as long as that holds.
public final class RoutesMemo {
    private @Nullable Routes routes;
    private @Nullable Perspective perspective;
    private long version;

    /// What was found out from this perspective about this version of the database, if it was.
    public @Nullable Routes find(Perspective from, long of) {
        return version == of && Objects.equals(perspective, from) ? routes : null;
    }

    public void remember(Routes found, Perspective from, long of) {
        routes = found;
        perspective = from;
        version = of;
    }

    /// The text is another one.
    void forget() {
        routes = null;
    }
}
