package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.util.List;

/// Where clients connect, and what serves them.
///
/// @param host the address to listen on; `0.0.0.0` and `::` are all of them. Reload: no.
/// @param port the port to listen on; 0 takes any free one. Reload: no.
/// @param threads the event loops that serve all connections; 0 makes one per processor. Reload: no.
/// @param transport how sockets are driven; `auto` takes the first of io_uring, epoll and NIO that works here.
///     Reload: no.
public record ListenConfig(String host, int port, int threads, Transport transport) {
    private static final Key<String> HOST = Key.of("host", Scalars.HOST, "127.0.0.1");
    private static final Key<Integer> PORT = Key.of("port", Scalars.PORT_OR_ANY, 6432);
    private static final Key<Integer> THREADS = Key.of("threads", Scalars.integer(0, 1024), 0);
    private static final Key<Transport> TRANSPORT =
            Key.of("transport", Scalar.choice(List.of(Transport.values())), Transport.AUTO);

    static final Block<ListenConfig> BLOCK = new Block<>(
            ListenConfig.class,
            List.of(HOST, PORT, THREADS, TRANSPORT),
            values -> new ListenConfig(values.get(HOST), values.get(PORT), values.get(THREADS), values.get(TRANSPORT)));

    public static final ListenConfig DEFAULT = BLOCK.defaults();

    /// How sockets are driven.
    public enum Transport {
        AUTO,
        IO_URING,
        EPOLL,
        NIO
    }

    public ListenConfig {
        new Invariants()
                .require(HOST, host)
                .require(PORT, port)
                .require(THREADS, threads)
                .check();
    }
}
