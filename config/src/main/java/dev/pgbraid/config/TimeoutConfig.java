package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.time.Duration;
import java.util.List;

/// How long things may take that belong to no pool.
///
/// @param login from the client's connection to its first ReadyForQuery. Reload: new connections.
/// @param drain how long clients may finish their transactions after the proxy is told to stop; 0s ends them at once.
///     Reload: at once.
/// @param cancel how long a cancel request may take on its way to a shard. Reload: new requests.
/// @param keepalive the silence after which the kernel asks the other end of a connection, a client or a shard,
///     whether it is still there; three questions in vain, a third of that apart, end the connection; 0s leaves the
///     times to the kernel. Reload: new connections.
public record TimeoutConfig(Duration login, Duration drain, Duration cancel, Duration keepalive) {
    private static final Key<Duration> LOGIN = Key.of("login", Scalars.TIMEOUT, Duration.ofSeconds(15));
    private static final Key<Duration> DRAIN = Key.of("drain", Scalars.TIMEOUT_OR_NONE, Duration.ofSeconds(30));
    private static final Key<Duration> CANCEL = Key.of("cancel", Scalars.TIMEOUT, Duration.ofSeconds(10));
    private static final Key<Duration> KEEPALIVE = Key.of("keepalive", Scalars.KEEPALIVE, Duration.ofSeconds(15));

    static final Block<TimeoutConfig> BLOCK = new Block<>(
            TimeoutConfig.class,
            List.of(LOGIN, DRAIN, CANCEL, KEEPALIVE),
            values ->
                    new TimeoutConfig(values.get(LOGIN), values.get(DRAIN), values.get(CANCEL), values.get(KEEPALIVE)));

    public static final TimeoutConfig DEFAULT = BLOCK.defaults();

    public TimeoutConfig {
        new Invariants()
                .require(LOGIN, login)
                .require(DRAIN, drain)
                .require(CANCEL, cancel)
                .require(KEEPALIVE, keepalive)
                .check();
    }
}
