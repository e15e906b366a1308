package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.time.Duration;
import java.util.List;

/// How long things may take that belong to no pool.
///
/// Sessions are looked at four times a second, so the last four may come half a second late.
///
/// @param login from the client's connection to its first ReadyForQuery. Reload: new connections.
/// @param drain how long clients may finish their transactions after the proxy is told to stop; 0s ends them at once.
///     Reload: at once.
/// @param cancel how long a cancel request may take on its way to a shard. Reload: new requests.
/// @param keepalive the silence after which the kernel asks the other end of a connection, a client or a shard,
///     whether it is still there; three questions in vain, a third of that apart, end the connection; 0s leaves the
///     times to the kernel. Reload: new connections.
/// @param clientIdle how long a client may do nothing outside of a transaction before it is disconnected with
///     57P05; to wait for what it listens to is to do nothing, too; 0s is forever. Reload: at once.
/// @param idleTransaction how long a client may leave its transaction alone before it is disconnected with 25P03,
///     which rolls back; 0s is forever. Reload: at once.
/// @param transaction how long a transaction may last before its client is disconnected with 25P04, which rolls
///     back; 0s is forever. Reload: at once.
/// @param statement how long a statement may run before the server is asked to cancel it, which then fails it
///     with 57014; those that the server answers together, in one query or up to one Sync, count as one; 0s is
///     forever. Reload: at once.
public record TimeoutConfig(
        Duration login,
        Duration drain,
        Duration cancel,
        Duration keepalive,
        Duration clientIdle,
        Duration idleTransaction,
        Duration transaction,
        Duration statement) {
    private static final Key<Duration> LOGIN = Key.of("login", Scalars.TIMEOUT, Duration.ofSeconds(15));
    private static final Key<Duration> DRAIN = Key.of("drain", Scalars.TIMEOUT_OR_NONE, Duration.ofSeconds(30));
    private static final Key<Duration> CANCEL = Key.of("cancel", Scalars.TIMEOUT, Duration.ofSeconds(10));
    private static final Key<Duration> KEEPALIVE = Key.of("keepalive", Scalars.KEEPALIVE, Duration.ofSeconds(15));
    private static final Key<Duration> CLIENT_IDLE = Key.of("client-idle", Scalars.TIMEOUT_OR_NONE, Duration.ZERO);
    private static final Key<Duration> IDLE_TRANSACTION =
            Key.of("idle-transaction", Scalars.TIMEOUT_OR_NONE, Duration.ZERO);
    private static final Key<Duration> TRANSACTION = Key.of("transaction", Scalars.TIMEOUT_OR_NONE, Duration.ZERO);
    private static final Key<Duration> STATEMENT = Key.of("statement", Scalars.TIMEOUT_OR_NONE, Duration.ZERO);

    static final Block<TimeoutConfig> BLOCK = new Block<>(
            TimeoutConfig.class,
            List.of(LOGIN, DRAIN, CANCEL, KEEPALIVE, CLIENT_IDLE, IDLE_TRANSACTION, TRANSACTION, STATEMENT),
            values -> new TimeoutConfig(
                    values.get(LOGIN),
                    values.get(DRAIN),
                    values.get(CANCEL),
                    values.get(KEEPALIVE),
                    values.get(CLIENT_IDLE),
                    values.get(IDLE_TRANSACTION),
                    values.get(TRANSACTION),
                    values.get(STATEMENT)));

    public static final TimeoutConfig DEFAULT = BLOCK.defaults();

    public TimeoutConfig {
        new Invariants()
                .require(LOGIN, login)
                .require(DRAIN, drain)
                .require(CANCEL, cancel)
                .require(KEEPALIVE, keepalive)
                .require(CLIENT_IDLE, clientIdle)
                .require(IDLE_TRANSACTION, idleTransaction)
                .require(TRANSACTION, transaction)
                .require(STATEMENT, statement)
                .check();
    }

    /// The same but for what `own` says.
    public TimeoutConfig with(SessionTimeoutConfig own) {
        return new TimeoutConfig(
                login,
                drain,
                cancel,
                keepalive,
                own.clientIdle().orElse(clientIdle),
                own.idleTransaction().orElse(idleTransaction),
                own.transaction().orElse(transaction),
                own.statement().orElse(statement));
    }
}
