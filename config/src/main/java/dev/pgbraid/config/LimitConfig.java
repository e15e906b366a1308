package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.util.List;
import java.util.Optional;

/// What one proxy takes on before it refuses.
///
/// @param clientsMax the client connections open at once, at most; one more is told 53300. Reload: new connections.
/// @param clientsMaxPerUser the client connections of one user at once, at most; one more is told 53300. Those that are
///     open when it is lowered stay. Reload: new connections.
/// @param clientsMaxPerDatabase the client connections to one database at once, at most; one more is told 53300. Those
///     that are open when it is lowered stay. Reload: new connections.
/// @param loginsMax the connections at once that have not logged in yet, at most; one more is told 53300.
///     Reload: new connections.
/// @param loginFailuresMax the logins from one address (of IPv6, one /64) that may fail within a minute;
///     after that its logins are refused unheard for the rest of it. Reload: no.
/// @param clientPreparedStatementsMax the prepared statements that one client may have at once, at most.
///     Reload: new statements.
/// @param messageMax the largest message taken from a client; the default is PostgreSQL's own limit.
///     Reload: at once.
/// @param statementMax the longest text of one prepared statement, which the proxy must keep. Reload: new statements.
/// @param gatherBytesMax how much a query may gather from several shards before it runs, at most; one that needs more
///     is told 54000. The home shard keeps it in a temporary table meanwhile. Reload: new statements.
public record LimitConfig(
        int clientsMax,
        Optional<Integer> clientsMaxPerUser,
        Optional<Integer> clientsMaxPerDatabase,
        int loginsMax,
        int loginFailuresMax,
        int clientPreparedStatementsMax,
        DataSize messageMax,
        DataSize statementMax,
        DataSize gatherBytesMax) {
    /// PostgreSQL allocates at most this much at once, `MaxAllocSize`.
    private static final DataSize POSTGRESQL_MESSAGE_MAX = new DataSize((1L << 30) - 1);

    private static final Key<Integer> CLIENTS_MAX = Key.of("clients-max", Scalars.integer(1, 1_000_000), 10_000);
    private static final Key<Optional<Integer>> CLIENTS_MAX_PER_USER =
            Key.optional("clients-max-per-user", Scalars.integer(1, 1_000_000), "none");
    private static final Key<Optional<Integer>> CLIENTS_MAX_PER_DATABASE =
            Key.optional("clients-max-per-database", Scalars.integer(1, 1_000_000), "none");
    private static final Key<Integer> LOGINS_MAX = Key.of("logins-max", Scalars.integer(1, 1_000_000), 1_000);
    private static final Key<Integer> LOGIN_FAILURES_MAX =
            Key.of("login-failures-max", Scalars.integer(1, 1_000_000), 100).untilRestart();
    private static final Key<Integer> CLIENT_PREPARED_STATEMENTS_MAX =
            Key.of("client-prepared-statements-max", Scalars.integer(1, 1_000_000), 10_000);
    private static final Key<DataSize> MESSAGE_MAX = Key.of(
            "message-max", Scalars.size(DataSize.ofKibibytes(64), POSTGRESQL_MESSAGE_MAX), POSTGRESQL_MESSAGE_MAX);
    private static final Key<DataSize> STATEMENT_MAX = Key.of(
            "statement-max", Scalars.size(DataSize.ofKibibytes(1), POSTGRESQL_MESSAGE_MAX), DataSize.ofMebibytes(16));
    private static final Key<DataSize> GATHER_BYTES_MAX = Key.of(
            "gather-bytes-max",
            Scalars.size(DataSize.ofKibibytes(1), new DataSize(1L << 50)),
            DataSize.ofMebibytes(256));

    static final Block<LimitConfig> BLOCK = new Block<>(
            LimitConfig.class,
            List.of(
                    CLIENTS_MAX,
                    CLIENTS_MAX_PER_USER,
                    CLIENTS_MAX_PER_DATABASE,
                    LOGINS_MAX,
                    LOGIN_FAILURES_MAX,
                    CLIENT_PREPARED_STATEMENTS_MAX,
                    MESSAGE_MAX,
                    STATEMENT_MAX,
                    GATHER_BYTES_MAX),
            values -> new LimitConfig(
                    values.get(CLIENTS_MAX),
                    values.get(CLIENTS_MAX_PER_USER),
                    values.get(CLIENTS_MAX_PER_DATABASE),
                    values.get(LOGINS_MAX),
                    values.get(LOGIN_FAILURES_MAX),
                    values.get(CLIENT_PREPARED_STATEMENTS_MAX),
                    values.get(MESSAGE_MAX),
                    values.get(STATEMENT_MAX),
                    values.get(GATHER_BYTES_MAX)));

    public static final LimitConfig DEFAULT = BLOCK.defaults();

    public LimitConfig {
        new Invariants()
                .require(CLIENTS_MAX, clientsMax)
                .require(CLIENTS_MAX_PER_USER, clientsMaxPerUser)
                .require(CLIENTS_MAX_PER_DATABASE, clientsMaxPerDatabase)
                .require(LOGINS_MAX, loginsMax)
                .require(LOGIN_FAILURES_MAX, loginFailuresMax)
                .require(CLIENT_PREPARED_STATEMENTS_MAX, clientPreparedStatementsMax)
                .require(MESSAGE_MAX, messageMax)
                .require(STATEMENT_MAX, statementMax)
                .require(
                        STATEMENT_MAX,
                        statementMax.compareTo(messageMax) <= 0,
                        "must be at most message-max, " + messageMax + ", is " + statementMax)
                .require(GATHER_BYTES_MAX, gatherBytesMax)
                .check();
    }
}
