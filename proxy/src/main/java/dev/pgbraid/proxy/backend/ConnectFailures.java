package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.ProxyException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what went wrong with the connections of a pool, and when the next one may be tried.
final class ConnectFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectFailures.class);
    private static final long RETRY_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RETRY_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final ShardLogin target;
    private @Nullable ProxyException last;
    private long lastNanos;
    private long retryNanos;
    private long retryAtNanos;

    ConnectFailures(ShardLogin target) {
        this.target = target;
    }

    /// What went wrong since a connection was made, if anything.
    @Nullable
    ProxyException last() {
        return last;
    }

    Optional<String> message() {
        return Optional.ofNullable(last).map(ProxyException::getMessage);
    }

    /// What has gone wrong since `nanos`, if anything.
    @Nullable
    ProxyException lastSince(long nanos) {
        return lastNanos >= nanos ? last : null;
    }

    /// Whether another connection may be tried.
    boolean mayRetry() {
        return BackendPool.now() >= retryAtNanos;
    }

    void connected() {
        last = null;
        retryNanos = 0;
    }

    void failed(ProxyException reason) {
        last = reason;
        lastNanos = BackendPool.now();
        LOGGER.atWarn()
                .addKeyValue("shard", target.shard())
                .addKeyValue("user", target.user())
                .log(reason.getMessage());
    }

    /// A connection could not be made: the next one is not tried at once.
    void connectFailed(ProxyException reason) {
        failed(reason);
        retryNanos = Math.clamp(2 * retryNanos, RETRY_NANOS_MIN, RETRY_NANOS_MAX);
        retryAtNanos = lastNanos + retryNanos;
    }
}
