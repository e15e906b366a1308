package dev.pgbraid.proxy.control.shard;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pgbraid.config.ControlConfig;
import dev.pgbraid.config.Secret;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/// The connections to one shard for control work: a few, opened when they are needed and closed when they are not.
///
/// A shard that is away costs whoever asks it no more than the time that a connection may take.
public final class ShardPool implements AutoCloseable {
    private static final int SIZE_MAX = 4;
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LIFETIME_MAX = Duration.ofMinutes(30);

    /// What HikariCP takes at least.
    private static final Duration CONNECT_TIMEOUT_MIN = Duration.ofMillis(250);

    /// How long a statement may take, unless its transaction says otherwise, and what a server may leave unanswered.
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration SILENCE_MAX = STATEMENT_TIMEOUT.plusSeconds(5);

    private static final String UNDEFINED_OBJECT = "42704";

    /// What the driver logs it also throws. Nothing else would keep the logger, and with it the level.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final ShardConfig shard;
    private final PGSimpleDataSource source;
    private final HikariDataSource pool;

    /// @param connectTimeout how long a connection may take, login included
    public ShardPool(ShardConfig shard, ControlConfig control, Duration connectTimeout) {
        this.shard = shard;
        source = source(shard, control, connectTimeout);
        pool = new HikariDataSource(config(shard, source, connectTimeout));
    }

    private static PGSimpleDataSource source(ShardConfig shard, ControlConfig control, Duration connectTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {shard.host()});
        source.setPortNumbers(new int[] {shard.port()});
        source.setDatabaseName(shard.database());
        source.setUser(control.user().orElseThrow());
        source.setPassword(control.password().map(Secret::reveal).orElseThrow());
        source.setApplicationName("pgbraid control");
        source.setOptions("-c search_path=pg_catalog -c datestyle=ISO -c statement_timeout="
                + STATEMENT_TIMEOUT.toMillis() + " -c idle_in_transaction_session_timeout="
                + STATEMENT_TIMEOUT.toMillis());
        int seconds = (int) connectTimeout.plusMillis(999).toSeconds();
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout((int) SILENCE_MAX.toSeconds());
        source.setTcpKeepAlive(true);
        try {
            secure(source, shard.tls());
        } catch (PSQLException | IOException | CertificateException unusable) {
            throw new ProxyException(
                    ErrorCode.CONFIG_UNUSABLE,
                    shard.name() + ": TLS cannot be used: " + unusable.getMessage(),
                    "Certificates and keys must be PEM; keys PKCS #8 without a passphrase.");
        }
        return source;
    }

    /// The modes have the names and the meaning that libpq gives them in both.
    private static void secure(PGSimpleDataSource source, ShardTlsConfig tls)
            throws PSQLException, IOException, CertificateException {
        source.setProperty(
                PGProperty.SSL_MODE,
                switch (tls.mode()) {
                    case DISABLE -> "disable";
                    case ALLOW -> "allow";
                    case PREFER -> "prefer";
                    case REQUIRE -> "require";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                });
        // Without a name the driver would look in the home directory.
        source.setProperty(
                PGProperty.SSL_CERT, tls.certificate().map(String::valueOf).orElse(""));
        source.setProperty(PGProperty.SSL_KEY, tls.key().map(String::valueOf).orElse(""));
        if (tls.certificate().isPresent()) {
            // The driver takes every key for one of RSA unless it is told.
            source.setProperty(
                    PGProperty.PEM_KEY_ALGORITHM, algorithm(tls.certificate().get()));
        }
        if (tls.rootCertificate().isPresent()) {
            source.setProperty(
                    PGProperty.SSL_ROOT_CERT, tls.rootCertificate().get().toString());
        }
    }

    private static String algorithm(Path certificate) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(certificate)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getAlgorithm();
        }
    }

    private static HikariConfig config(ShardConfig shard, PGSimpleDataSource source, Duration connectTimeout) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("control of " + shard.name());
        config.setMaximumPoolSize(SIZE_MAX);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setMaxLifetime(LIFETIME_MAX.toMillis());
        config.setConnectionTimeout(Math.max(connectTimeout.toMillis(), CONNECT_TIMEOUT_MIN.toMillis()));
        // A proxy starts without the shards that are away.
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setThreadFactory(
                Thread.ofVirtual().name("control of " + shard.name() + "-", 0).factory());
        return config;
    }

    public ShardConfig shard() {
        return shard;
    }

    public String name() {
        return shard.name();
    }

    /// A transaction that sees one state of the shard and changes nothing.
    public ShardTransaction read() throws ShardFailure {
        return begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    /// A transaction that sees what others commit, and can change things.
    public ShardTransaction write() throws ShardFailure {
        return begin("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
    }

    private ShardTransaction begin(String first) throws ShardFailure {
        try {
            Connection connection = pool.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
            return new ShardTransaction(shard.name(), connection);
        } catch (SQLException failed) {
            throw ShardFailure.of(shard.name(), failed);
        }
    }

    /// Commits what was prepared, if nobody has done it yet.
    public void commitPrepared(String gid) throws ShardFailure {
        endPrepared("COMMIT PREPARED " + Sql.literal(gid));
    }

    /// Rolls back what was prepared, if nobody has done it yet.
    public void rollbackPrepared(String gid) throws ShardFailure {
        endPrepared("ROLLBACK PREPARED " + Sql.literal(gid));
    }

    private void endPrepared(String sql) throws ShardFailure {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(sql);
        } catch (SQLException failed) {
            if (!UNDEFINED_OBJECT.equals(failed.getSQLState())) {
                throw ShardFailure.of(shard.name(), failed);
            }
        }
    }

    /// A connection of its own on which notifications arrive.
    public Subscription subscribe(String channel) throws ShardFailure {
        try {
            Connection connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + Sql.name(channel));
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
            return new Subscription(connection);
        } catch (SQLException failed) {
            throw ShardFailure.of(shard.name(), failed);
        }
    }

    /// A connection that listens.
    public final class Subscription implements AutoCloseable {
        private final Connection connection;

        private Subscription(Connection connection) {
            this.connection = connection;
        }

        /// The notifications that have come; waits for one, but no longer than `patience`.
        public List<String> await(Duration patience) throws ShardFailure {
            try {
                PGNotification[] arrived =
                        connection.unwrap(PGConnection.class).getNotifications((int) patience.toMillis());
                return Optional.ofNullable(arrived).map(List::of).orElse(List.of()).stream()
                        .map(PGNotification::getParameter)
                        .toList();
            } catch (SQLException failed) {
                throw ShardFailure.of(shard.name(), failed);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It was to go.
                return;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
