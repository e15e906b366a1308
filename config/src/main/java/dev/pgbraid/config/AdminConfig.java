package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.util.List;

/// The port for operators.
///
/// @param enabled whether the port is open. Reload: no.
/// @param host the address to listen on. Reload: no.
/// @param port the port to listen on; 0 takes any free one. Reload: no.
public record AdminConfig(boolean enabled, String host, int port) {
    private static final Key<Boolean> ENABLED = Key.of("enabled", Scalars.BOOLEAN, false);
    private static final Key<String> HOST = Key.of("host", Scalars.HOST, "127.0.0.1");
    private static final Key<Integer> PORT = Key.of("port", Scalars.PORT_OR_ANY, 6433);

    static final Block<AdminConfig> BLOCK = new Block<>(
            AdminConfig.class,
            List.of(ENABLED, HOST, PORT),
            values -> new AdminConfig(values.get(ENABLED), values.get(HOST), values.get(PORT)));

    public static final AdminConfig DEFAULT = BLOCK.defaults();

    public AdminConfig {
        new Invariants().require(HOST, host).require(PORT, port).check();
    }
}
