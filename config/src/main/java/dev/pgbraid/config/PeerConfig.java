package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.util.List;

/// A proxy that clients may reach in place of another.
///
/// @param name the proxy's name in messages. Reload: new requests.
/// @param number its `peers.number`. Reload: new requests.
/// @param host the name or address where it listens. Reload: new requests.
/// @param port the port where it listens. Reload: new requests.
public record PeerConfig(String name, int number, String host, int port) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    static final Key<Integer> NUMBER = Key.required("number", Scalars.PEER_NUMBER);
    private static final Key<String> HOST = Key.required("host", Scalars.HOST);
    private static final Key<Integer> PORT = Key.of("port", Scalars.PORT, 6432);

    static final Block<PeerConfig> BLOCK = new Block<>(
            PeerConfig.class,
            List.of(NUMBER, HOST, PORT),
            values -> new PeerConfig(values.names().getLast(), values.get(NUMBER), values.get(HOST), values.get(PORT)));

    public PeerConfig {
        new Invariants()
                .require(NAME, name)
                .require(NUMBER, number)
                .require(HOST, host)
                .require(PORT, port)
                .check();
    }
}
