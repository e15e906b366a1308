package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.ScalarList;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the proxy reads the catalogs of the shards of a database and keeps its placement.
///
/// @param user the user that the proxy does this as on every shard; needed where tables or schemas are declared. It
///     must see all tables, may make the schema `pgbraid`, and must own the tables that the proxy is told to spread,
///     and must be allowed to end sessions of other users. Reload: no.
/// @param password the password of that user. Reload: no.
/// @param directory a directory where the proxy keeps a copy of the placement, so that it can start while the home
///     shard is away. Reload: no.
/// @param etcd the addresses of the servers of an etcd cluster, such as `http://10.0.0.1:2379`, which then keeps the
///     placement instead of the home shard; any of them is asked. Reload: no.
/// @param pollInterval how often shards are asked whether their catalog has changed in a way that nobody has told.
///     Reload: no.
/// @param startTimeout how long the proxy waits at its start for the catalog and the placement. Reload: no.
public record ControlConfig(
        Optional<String> user,
        Optional<Secret> password,
        Optional<Path> directory,
        List<URI> etcd,
        Duration pollInterval,
        Duration startTimeout) {
    static final Key<Optional<String>> USER = Key.optional("user", Scalars.NAME, "none");
    private static final Key<Optional<Secret>> PASSWORD = Key.optional("password", Scalars.SECRET, "none");
    private static final Key<Optional<Path>> DIRECTORY = Key.optional("directory", Scalars.DIRECTORY, "none");
    private static final Key<List<URI>> ETCD = Key.of("etcd", ScalarList.of(Scalars.SERVER));
    private static final Key<Duration> POLL_INTERVAL = Key.of("poll-interval", Scalars.TIMEOUT, Duration.ofSeconds(5));
    private static final Key<Duration> START_TIMEOUT = Key.of("start-timeout", Scalars.TIMEOUT, Duration.ofSeconds(30));

    static final Block<ControlConfig> BLOCK = new Block<>(
            ControlConfig.class,
            List.of(USER, PASSWORD, DIRECTORY, ETCD, POLL_INTERVAL, START_TIMEOUT),
            values -> new ControlConfig(
                    values.get(USER),
                    values.get(PASSWORD),
                    values.get(DIRECTORY),
                    values.get(ETCD),
                    values.get(POLL_INTERVAL),
                    values.get(START_TIMEOUT)));

    public static final ControlConfig DEFAULT = BLOCK.defaults();

    public ControlConfig {
        etcd = List.copyOf(etcd);
        new Invariants()
                .require(USER, user)
                .require(USER, user.isPresent() || password.isEmpty(), "is needed beside password")
                .require(PASSWORD, password)
                .require(PASSWORD, password.isPresent() || user.isEmpty(), "is needed beside user")
                .require(ETCD, etcd)
                .require(POLL_INTERVAL, pollInterval)
                .require(START_TIMEOUT, startTimeout)
                .check();
    }
}
