package dev.pgbraid.proxy.demo;

import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The data of the demo.
final class Shop {
    static final String DATABASE = "shop";
    static final String USER = "shop";
    static final String PASSWORD = "shop";

    private static final String CREATE_DATABASE = """
        CREATE ROLE %s LOGIN PASSWORD '%s';

        CREATE DATABASE %s OWNER %s;

        """.formatted(USER, PASSWORD, DATABASE, USER);

    private static final int BUCKETS = 4096;
    private static final int VIRTUAL_NODES = 150;

    /// Leaves the rows of one shard. This is how PostgreSQL's own functions say which bucket a user is in.
    private static final String KEEP_OWN = """
        DELETE FROM %s WHERE ((hashint8extended(%s, 8816678312871386365) & 4095) + 2275 & 4095) * %d / %d <> %d;

        """;

    private Shop() {}

    /// Where the rows are: those of a user on one shard, products and countries on all.
    static List<TableConfig> tables() {
        return List.of(
                sharded("users", "id"),
                colocated("orders", "user_id"),
                colocated("order_items", "user_id"),
                reference("countries"),
                reference("products"));
    }

    private static TableConfig sharded(String name, String key) {
        return table(name, TableConfig.Kind.SHARDED, List.of(key), Optional.empty());
    }

    private static TableConfig colocated(String name, String key) {
        return table(name, TableConfig.Kind.COLOCATED, List.of(key), Optional.of("users"));
    }

    private static TableConfig reference(String name) {
        return table(name, TableConfig.Kind.REFERENCE, List.of(), Optional.empty());
    }

    private static TableConfig table(
            String name, TableConfig.Kind kind, List<String> key, Optional<String> colocatedWith) {
        return new TableConfig(
                name,
                kind,
                key,
                colocatedWith,
                TableConfig.Strategy.HASH,
                BUCKETS,
                VIRTUAL_NODES,
                List.of(),
                List.of(),
                Optional.empty(),
                TableConfig.NewKeys.HASH);
    }

    /// Starts a server with the rows of shard `index`, counted from 0, `of` so many. One that is kept has them already.
    static void start(PostgresServer server, int index, int of) {
        Path loaded = server.directory().resolve("shop-loaded");
        if (!Files.exists(loaded)) {
            server.execute("postgres", CREATE_DATABASE);
            server.execute(
                    DATABASE,
                    everything()
                            + KEEP_OWN.formatted("order_items", "user_id", of, BUCKETS, index)
                            + KEEP_OWN.formatted("orders", "user_id", of, BUCKETS, index)
                            + KEEP_OWN.formatted("users", "id", of, BUCKETS, index)
                            + "VACUUM ANALYZE;\n\n");
            mark(loaded);
        }
        server.start();
    }

    private static void mark(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String everything() {
        try (InputStream resource = Shop.class.getResourceAsStream("shop.sql")) {
            if (resource == null) {
                throw new IllegalStateException("shop.sql is not packaged");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
