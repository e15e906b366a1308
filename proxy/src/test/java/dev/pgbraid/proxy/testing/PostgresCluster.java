package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.postgres.PostgresException;
import dev.pgbraid.proxy.postgres.PostgresInstallation;
import dev.pgbraid.proxy.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The PostgreSQL servers that all test classes share; each is started when it is first asked for and ends with the
/// JVM.
///
/// They are embedded ones of the version in the property `pgbraid.test.postgres.version`. The property
/// `pgbraid.test.postgres` says otherwise: `docker` for containers (which are used too when the programs of embedded
/// servers are missing), or `host:port:user:password` for a server that is already there, as its superuser; then also
/// `-Dtest.forks=1`, since tests make roles. The databases that they make stay.
///
/// Tests that stop, kill or configure a server make one of their own.
public final class PostgresCluster {
    private static final String USER = "tester";
    private static final String PASSWORD = "tester's password";
    private static final String ADDRESS = System.getProperty("pgbraid.test.postgres", "");
    private static final String VERSION = System.getProperty("pgbraid.test.postgres.version", "");
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off", "max_connections", "300", "wal_level", "logical", "max_prepared_transactions", "100");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MEMORY_BYTES_MIN = 4L << 30;
    private static final List<PostgresCluster> SERVERS = new ArrayList<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Endpoint administrator;
    private final Connection connection;

    private PostgresCluster(Endpoint administrator) {
        this.administrator = administrator;
        try {
            this.connection = administrator.jdbc();
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot use " + administrator.host() + ":" + administrator.port(), failed);
        }
        // A server that was there before may have it.
        execute("DO $$ BEGIN CREATE ROLE " + USER + "; EXCEPTION WHEN duplicate_object THEN END $$");
        execute("ALTER ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
    }

    /// The first of the servers.
    public static PostgresCluster shared() {
        return shared(0);
    }

    /// Server `index`; where there is only an outside one, that is it for every index.
    public static PostgresCluster shared(int index) {
        synchronized (SERVERS) {
            int existing = ADDRESS.contains(":") ? 0 : index;
            while (SERVERS.size() <= existing) {
                SERVERS.add(new PostgresCluster(start()));
            }
            return SERVERS.get(existing);
        }
    }

    /// A server that belongs to one test, not yet started. It is embedded always.
    public static PostgresServer ownServer(Map<String, String> settings) {
        return PostgresInstallation.of(VERSION).temporaryServer(scratch(), settings);
    }

    /// A directory in memory if there is one with room: making a database there takes a tenth of the time.
    private static Path scratch() {
        return MEMORY.toFile().getUsableSpace() >= MEMORY_BYTES_MIN
                ? MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /// The superuser, in the maintenance database.
    public Endpoint administrator() {
        return administrator;
    }

    /// The number before the first point of the servers' version.
    public int majorVersion() {
        try {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// A new empty database that belongs to a plain user.
    public Endpoint freshDatabase() {
        return freshDatabase("template1");
    }

    /// A new database that is a copy of `template`, object identifiers included.
    public Endpoint freshDatabase(String template) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name + " OWNER " + USER + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        return administrator.withDatabase(name).withUser(USER, PASSWORD);
    }

    /// Ends whoever uses a database that one of the above made, and gives its room back.
    public void drop(Endpoint database) {
        execute("DROP DATABASE " + database.database() + " WITH (FORCE)");
    }

    /// Runs SQL as the superuser.
    public void execute(String sql) {
        synchronized (connection) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw new IllegalStateException(sql, failed);
            }
        }
    }

    private static Endpoint start() {
        if (ADDRESS.equals("docker")) {
            return container();
        }
        if (!ADDRESS.isEmpty()) {
            String[] parts = ADDRESS.split(":", 4);
            return new Endpoint(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3], "postgres");
        }
        try {
            return Endpoint.of(ownServer(SETTINGS).start());
        } catch (PostgresException unavailable) {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return container();
            }
            throw unavailable;
        }
    }

    private static Endpoint container() {
        String tag = VERSION.isEmpty() ? "18" : VERSION.split("\\.", 2)[0];
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + tag).withDatabaseName("postgres");
        List<String> command = new ArrayList<>(List.of("postgres"));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        container.setCommand(command.toArray(String[]::new));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return new Endpoint(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword(),
                "postgres");
    }
}
