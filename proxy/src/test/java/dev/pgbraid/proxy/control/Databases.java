package dev.pgbraid.proxy.control;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.testing.Endpoint;
import java.nio.file.Path;
import java.util.List;

/// Declares databases for tests.
public final class Databases {
    private Databases() {}

    /// A database `shop` with shards `a`, `b` and so on, that is polled often.
    ///
    /// @param more the rest of the block of the database, its lines without indentation
    public static DatabaseConfig of(List<Endpoint> shards, String more) {
        return of(shards, "", more);
    }

    /// A database `shop` with shards `a`, `b` and so on, that is polled often.
    ///
    /// @param control more keys of its control, each with a comma before it
    public static DatabaseConfig of(List<Endpoint> shards, String control, String more) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("auth: {users: {shop: {password: secret}}}\ndatabases:\n  shop:\n");
        yaml.append("    control: {user: %s, password: '%s', poll-interval: 50ms%s}\n"
                .formatted(
                        shards.getFirst().user(), shards.getFirst().password().replace("'", "''"), control));
        yaml.append("    shards:\n");
        for (int i = 0; i < shards.size(); i++) {
            Endpoint shard = shards.get(i);
            yaml.append("      %c: {host: %s, port: %d, database: %s}\n"
                    .formatted('a' + i, shard.host(), shard.port(), shard.database()));
        }
        yaml.append(more.indent(4));
        return switch (ConfigReader.read("test.yaml", yaml.toString(), Path.of(""), _ -> null)) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new IllegalArgumentException(invalid.report() + yaml);
        };
    }
}
