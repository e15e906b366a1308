package dev.pgbraid.proxy.demo;

import dev.pgbraid.proxy.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The data of the demo.
final class Shop {
    static final String DATABASE = "shop";
    static final String USER = "shop";
    static final String PASSWORD = "shop";

    private static final String CREATE_DATABASE = """
        CREATE ROLE %s LOGIN PASSWORD '%s';

        CREATE DATABASE %s OWNER %s;

        """.formatted(USER, PASSWORD, DATABASE, USER);

    private Shop() {}

    /// Starts a server with the database, and with the tables if wanted. A server that is kept has them already.
    static void start(PostgresServer server, boolean withTables) {
        Path loaded = server.directory().resolve("shop-loaded");
        if (!Files.exists(loaded)) {
            server.execute("postgres", CREATE_DATABASE);
            if (withTables) {
                server.execute(DATABASE, tables());
            }
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

    private static String tables() {
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
