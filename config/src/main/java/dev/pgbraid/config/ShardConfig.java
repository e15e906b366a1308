package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Values;
import java.util.List;
import java.util.Optional;

/// A PostgreSQL server that holds a part of a database's rows.
///
/// @param name the shard's name in messages, metrics and hints. Reload: new backends.
/// @param host the name or address of the server. Reload: new backends.
/// @param port the port of the server. Reload: new backends.
/// @param database the database on the server. Reload: new backends.
/// @param tls TLS towards the server. Reload: new backends.
public record ShardConfig(String name, String host, int port, String database, ShardTlsConfig tls) {
    static final Key<String> NAME = Key.required("name", Scalars.SHARD_NAME);
    private static final Key<String> HOST = Key.required("host", Scalars.HOST);
    private static final Key<Integer> PORT = Key.of("port", Scalars.PORT, 5432);
    private static final Key<Optional<String>> DATABASE = Key.optional("database", Scalars.NAME, "the database's name");
    private static final Key<ShardTlsConfig> TLS = Key.of("tls", ShardTlsConfig.BLOCK);

    static final Block<ShardConfig> BLOCK =
            new Block<>(ShardConfig.class, List.of(HOST, PORT, DATABASE, TLS), ShardConfig::from);

    public ShardConfig {
        new Invariants()
                .require(NAME, name)
                .require(HOST, host)
                .require(PORT, port)
                .require(DATABASE, Optional.of(database))
                .check();
    }

    private static ShardConfig from(Values values) {
        String databaseName = values.names().getFirst();
        return new ShardConfig(
                values.names().getLast(),
                values.get(HOST),
                values.get(PORT),
                values.get(DATABASE).orElse(databaseName),
                values.get(TLS));
    }
}
