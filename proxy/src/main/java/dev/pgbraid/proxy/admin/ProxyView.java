package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.client.Survey;
import dev.pgbraid.proxy.control.Cluster;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The proxy as operators see it. Its calls wait for the event loops, so they are for other threads.
///
/// @param config what is in force
/// @param isOpen whether new clients are taken
/// @param clusters what follows the catalogs of databases, by their names
public record ProxyView(
        Survey survey,
        Supplier<ProxyConfig> config,
        BooleanSupplier isOpen,
        Map<String, Cluster> clusters,
        String version,
        Instant started) {
    private static final int PATIENCE_SECONDS = 10;

    /// The number of a database's placement, 0 if it has none.
    long epoch(String database) {
        Cluster cluster = clusters.get(database);
        return cluster == null ? 0 : cluster.state().stored().epoch();
    }

    Totals totals() {
        return Totals.of(await(survey.loops()), config.get());
    }

    /// What the event loops answer.
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProxyException(ErrorCode.SHUTTING_DOWN, "the proxy is stopping", "Ask another one.");
        } catch (ExecutionException problem) {
            throw new IllegalStateException(problem.getCause());
        } catch (TimeoutException late) {
            throw new ProxyException(
                    ErrorCode.INTERNAL,
                    "an event loop has not answered within " + PATIENCE_SECONDS + " s",
                    "The machine is overloaded, or this is a bug.");
        }
    }
}
