package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.ScalarList;
import java.util.List;

/// What operators use: a port for HTTP, and the admin database `pgbraid` on the port for clients.
///
/// @param enabled whether the port is open. Reload: no.
/// @param host the address to listen on. Reload: no.
/// @param port the port to listen on; 0 takes any free one. Reload: no.
/// @param users who may use the admin database and change things there; each is one of `auth.users`. Reload: at once.
/// @param statsUsers who may only look there; each is one of `auth.users`. Reload: at once.
public record AdminConfig(boolean enabled, String host, int port, List<String> users, List<String> statsUsers) {
    /// The name of the admin database.
    public static final String DATABASE = "pgbraid";

    private static final Key<Boolean> ENABLED =
            Key.of("enabled", Scalars.BOOLEAN, false).untilRestart();
    private static final Key<String> HOST =
            Key.of("host", Scalars.HOST, "127.0.0.1").untilRestart();
    private static final Key<Integer> PORT =
            Key.of("port", Scalars.PORT_OR_ANY, 6433).untilRestart();
    static final Key<List<String>> USERS = Key.of("users", ScalarList.of(Scalars.NAME));
    static final Key<List<String>> STATS_USERS = Key.of("stats-users", ScalarList.of(Scalars.NAME));

    static final Block<AdminConfig> BLOCK = new Block<>(
            AdminConfig.class,
            List.of(ENABLED, HOST, PORT, USERS, STATS_USERS),
            values -> new AdminConfig(
                    values.get(ENABLED),
                    values.get(HOST),
                    values.get(PORT),
                    values.get(USERS),
                    values.get(STATS_USERS)));

    public static final AdminConfig DEFAULT = BLOCK.defaults();

    public AdminConfig {
        users = List.copyOf(users);
        statsUsers = List.copyOf(statsUsers);
        new Invariants()
                .require(HOST, host)
                .require(PORT, port)
                .require(USERS, users)
                .requireDistinct(USERS, users)
                .require(STATS_USERS, statsUsers)
                .requireDistinct(STATS_USERS, statsUsers)
                .check();
    }

    /// Only the port.
    public static AdminConfig of(boolean enabled, String host, int port) {
        return new AdminConfig(enabled, host, port, List.of(), List.of());
    }
}
