package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long things may take for one user or in one database, in place of what `timeouts` says for all.
///
/// What is said of a user goes before what is said of a database; 0s is forever in either.
///
/// @param clientIdle in place of `timeouts.client-idle`. Reload: at once.
/// @param idleTransaction in place of `timeouts.idle-transaction`. Reload: at once.
/// @param transaction in place of `timeouts.transaction`. Reload: at once.
/// @param statement in place of `timeouts.statement`. Reload: at once.
public record SessionTimeoutConfig(
        Optional<Duration> clientIdle,
        Optional<Duration> idleTransaction,
        Optional<Duration> transaction,
        Optional<Duration> statement) {
    private static final Key<Optional<Duration>> CLIENT_IDLE = key("client-idle");
    private static final Key<Optional<Duration>> IDLE_TRANSACTION = key("idle-transaction");
    private static final Key<Optional<Duration>> TRANSACTION = key("transaction");
    private static final Key<Optional<Duration>> STATEMENT = key("statement");

    static final Block<SessionTimeoutConfig> BLOCK = new Block<>(
            SessionTimeoutConfig.class,
            List.of(CLIENT_IDLE, IDLE_TRANSACTION, TRANSACTION, STATEMENT),
            values -> new SessionTimeoutConfig(
                    values.get(CLIENT_IDLE),
                    values.get(IDLE_TRANSACTION),
                    values.get(TRANSACTION),
                    values.get(STATEMENT)));

    /// The same as for all.
    public static final SessionTimeoutConfig DEFAULT = BLOCK.defaults();

    public SessionTimeoutConfig {
        new Invariants()
                .require(CLIENT_IDLE, clientIdle)
                .require(IDLE_TRANSACTION, idleTransaction)
                .require(TRANSACTION, transaction)
                .require(STATEMENT, statement)
                .check();
    }

    private static Key<Optional<Duration>> key(String name) {
        return Key.optional(name, Scalars.TIMEOUT_OR_NONE, "as for all");
    }
}
