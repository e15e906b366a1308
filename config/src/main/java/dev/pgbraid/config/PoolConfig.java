package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.time.Duration;
import java.util.List;

/// The connections that the proxy keeps to one shard for one login.
///
/// @param sizeMax the connections open at once, at most. Reload: at once; those that are lent end when they come back.
/// @param sizeMin the connections kept open while nobody needs them. Reload: at once.
/// @param connectsMax the connection attempts under way at once, at most. Reload: at once.
/// @param preparedStatementsMax the prepared statements kept on one connection, at most; the one used longest ago
///     goes first. Reload: new backends.
/// @param checkoutTimeout how long a client waits for a connection before it is told 53300. Reload: at once.
/// @param connectTimeout how long a connection to a shard may take, login included. Reload: new backends.
/// @param waitNotice how long a client waits for a connection before it gets a NOTICE of that; 0s is never. Reload: at
///     once.
/// @param idleCheck how long a connection may have been idle and be lent unasked: after that the server is asked
///     first whether it is still there, and a connection over which no answer comes within a quarter of
///     `connect-timeout` is replaced; 0s always asks. Reload: at once.
/// @param idleTimeout how long a connection above `size-min` may be idle before it is closed. Reload: at once.
/// @param lifetimeMax the age at which a connection is closed when it is returned; each is given an age of 90 % to
///     100 % of it, so that they do not all go at once. Reload: new backends.
public record PoolConfig(
        int sizeMax,
        int sizeMin,
        int connectsMax,
        int preparedStatementsMax,
        Duration checkoutTimeout,
        Duration connectTimeout,
        Duration waitNotice,
        Duration idleCheck,
        Duration idleTimeout,
        Duration lifetimeMax) {
    private static final int CONNECTIONS_MAX = 10_000;

    private static final Key<Integer> SIZE_MAX = Key.of("size-max", Scalars.integer(1, CONNECTIONS_MAX), 20);
    private static final Key<Integer> SIZE_MIN = Key.of("size-min", Scalars.integer(0, CONNECTIONS_MAX), 0);
    private static final Key<Integer> CONNECTS_MAX = Key.of("connects-max", Scalars.integer(1, CONNECTIONS_MAX), 4);
    private static final Key<Integer> PREPARED_STATEMENTS_MAX =
            Key.of("prepared-statements-max", Scalars.integer(1, 100_000), 200);
    private static final Key<Duration> CHECKOUT_TIMEOUT =
            Key.of("checkout-timeout", Scalars.TIMEOUT, Duration.ofSeconds(5));
    private static final Key<Duration> CONNECT_TIMEOUT =
            Key.of("connect-timeout", Scalars.TIMEOUT, Duration.ofSeconds(5));
    private static final Key<Duration> WAIT_NOTICE = Key.of("wait-notice", Scalars.TIMEOUT_OR_NONE, Duration.ZERO);
    private static final Key<Duration> IDLE_CHECK =
            Key.of("idle-check", Scalars.TIMEOUT_OR_NONE, Duration.ofSeconds(30));
    private static final Key<Duration> IDLE_TIMEOUT = Key.of("idle-timeout", Scalars.TIMEOUT, Duration.ofMinutes(10));
    private static final Key<Duration> LIFETIME_MAX = Key.of("lifetime-max", Scalars.TIMEOUT, Duration.ofHours(1));

    static final Block<PoolConfig> BLOCK = new Block<>(
            PoolConfig.class,
            List.of(
                    SIZE_MAX,
                    SIZE_MIN,
                    CONNECTS_MAX,
                    PREPARED_STATEMENTS_MAX,
                    CHECKOUT_TIMEOUT,
                    CONNECT_TIMEOUT,
                    WAIT_NOTICE,
                    IDLE_CHECK,
                    IDLE_TIMEOUT,
                    LIFETIME_MAX),
            values -> new PoolConfig(
                    values.get(SIZE_MAX),
                    values.get(SIZE_MIN),
                    values.get(CONNECTS_MAX),
                    values.get(PREPARED_STATEMENTS_MAX),
                    values.get(CHECKOUT_TIMEOUT),
                    values.get(CONNECT_TIMEOUT),
                    values.get(WAIT_NOTICE),
                    values.get(IDLE_CHECK),
                    values.get(IDLE_TIMEOUT),
                    values.get(LIFETIME_MAX)));

    public static final PoolConfig DEFAULT = BLOCK.defaults();

    public PoolConfig {
        new Invariants()
                .require(SIZE_MAX, sizeMax)
                .require(SIZE_MIN, sizeMin)
                .require(SIZE_MIN, sizeMin <= sizeMax, "must be at most size-max, " + sizeMax + ", is " + sizeMin)
                .require(CONNECTS_MAX, connectsMax)
                .require(PREPARED_STATEMENTS_MAX, preparedStatementsMax)
                .require(CHECKOUT_TIMEOUT, checkoutTimeout)
                .require(CONNECT_TIMEOUT, connectTimeout)
                .require(WAIT_NOTICE, waitNotice)
                .require(IDLE_CHECK, idleCheck)
                .require(IDLE_TIMEOUT, idleTimeout)
                .require(LIFETIME_MAX, lifetimeMax)
                .check();
    }
}
