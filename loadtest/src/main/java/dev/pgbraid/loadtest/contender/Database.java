package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.loadtest.wire.Endpoint;
import dev.pgbraid.loadtest.wire.Login;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramSecret;
import dev.pgbraid.proxy.postgres.PostgresException;
import dev.pgbraid.proxy.postgres.PostgresInstallation;
import dev.pgbraid.proxy.postgres.PostgresServer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/// A PostgreSQL server with a database and a user of its own for the benchmark.
public final class Database implements AutoCloseable {
    private static final String NAME = "bench";
    private static final int SCALE = 10;
    private static final int SALT_BYTES = 16;
    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections", "300",
            "shared_buffers", "256MB",
            "autovacuum", "off",
            "log_min_messages", "fatal");

    private final PostgresServer server;
    private final Endpoint endpoint;
    private final ScramSecret secret;
    private final String version;

    private Database(PostgresServer server) throws IOException {
        this.server = server;
        byte[] random = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        secret = ScramSecret.derive(
                ByteString.utf8(password), ByteString.copyOf(random), ScramSecret.ITERATIONS_DEFAULT);
        endpoint = new Endpoint(server.host(), server.port(), NAME, Login.of(NAME, password, secret));
        version = create();
    }

    /// Starts a server with pgbench's tables.
    public static Database start() throws IOException {
        Database database = startEmpty();
        try {
            database.fill();
            return database;
        } catch (IOException | RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /// Starts a server whose database has no table.
    public static Database startEmpty() throws IOException {
        PostgresServer server = PostgresInstallation.newest().temporaryServer(SETTINGS);
        try {
            return new Database(server.start());
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private String create() throws IOException {
        Login superuser = Login.of(server.user(), server.password());
        try (Connection connection =
                Connection.open(new Endpoint(server.host(), server.port(), "postgres", superuser))) {
            connection.queryText("CREATE ROLE bench LOGIN PASSWORD '" + verifier() + "'");
            connection.queryText("CREATE DATABASE bench OWNER bench");
        }
        try (Connection connection = Connection.open(endpoint)) {
            return connection.queryText("SHOW server_version").orElseThrow();
        }
    }

    private void fill() throws IOException {
        try (Connection connection = Connection.open(endpoint)) {
            // What pgbench -i makes, as far as the select-only transaction sees it.
            connection.queryText("""
                CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88));
                CREATE TABLE pgbench_accounts (aid int, bid int, abalance int, filler char(84));
                INSERT INTO pgbench_branches SELECT bid, 0, '' FROM generate_series(1, %1$d) bid;
                INSERT INTO pgbench_accounts
                    SELECT aid, (aid - 1) / 100000 + 1, 0, '' FROM generate_series(1, 100000 * %1$d) aid;
                ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid);
                """.formatted(SCALE));
            connection.queryText("VACUUM ANALYZE");
        }
    }

    /// Drops everything that the user has made.
    public void clear() throws IOException {
        try (Connection connection = Connection.open(endpoint)) {
            connection.queryText("DROP OWNED BY CURRENT_USER CASCADE");
        }
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// What the server stores instead of the user's password, for the proxies to store as well.
    public String verifier() {
        return secret.format();
    }

    public String version() {
        return "PostgreSQL " + version;
    }

    public ProcessHandle process() {
        return ProcessHandle.of(server.processIdentity()).orElseThrow();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (PostgresException failed) {
            // Whoever is told to end while tidying up must still tidy up.
            if (!Thread.interrupted()) {
                throw failed;
            }
            server.close();
        }
    }
}
