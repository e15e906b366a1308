package dev.pgbraid.proxy.control.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.ControlConfig;
import dev.pgbraid.config.Secret;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.testing.Authority;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardPoolIT {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static ShardPool pool(Endpoint endpoint, ShardTlsConfig tls) {
        ControlConfig control = new ControlConfig(
                Optional.of(endpoint.user()),
                Optional.of(new Secret(endpoint.password())),
                Optional.empty(),
                List.of(),
                PATIENCE,
                PATIENCE);
        return new ShardPool(
                new ShardConfig("a", endpoint.host(), endpoint.port(), endpoint.database(), tls), control, PATIENCE);
    }

    private static ShardPool pool() {
        return pool(PostgresCluster.shared().freshDatabase(), ShardTlsConfig.DEFAULT);
    }

    @Test
    void aReadingTransactionSeesOneStateAndChangesNothing() throws ShardFailure {
        try (ShardPool pool = pool();
                ShardTransaction writing = pool.write()) {
            writing.execute("CREATE TABLE public.t (i int)");
            writing.commit();
            try (ShardTransaction reading = pool.read()) {
                assertThat(count(reading)).isZero();
                writing.execute("INSERT INTO public.t VALUES (1)");
                writing.commit();
                assertThat(count(reading)).isZero();
                assertThatThrownBy(() -> reading.execute("INSERT INTO public.t VALUES (2)"))
                        .isInstanceOfSatisfying(
                                ShardFailure.class,
                                refused -> assertThat(refused.sqlState()).isEqualTo("25006"))
                        .hasMessage("a: cannot execute INSERT in a read-only transaction");
            }
            try (ShardTransaction reading = pool.read()) {
                assertThat(count(reading)).isOne();
            }
        }
    }

    @Test
    void whatIsNotCommittedIsRolledBack() throws ShardFailure {
        try (ShardPool pool = pool()) {
            try (ShardTransaction writing = pool.write()) {
                writing.execute("CREATE TABLE public.t (i int)");
                writing.commit();
                writing.execute("INSERT INTO public.t VALUES (1)");
            }
            try (ShardTransaction writing = pool.write()) {
                writing.execute("INSERT INTO public.t VALUES (2)");
                writing.prepare("test-of-pool-a");
            }
            pool.rollbackPrepared("test-of-pool-a");
            try (ShardTransaction writing = pool.write()) {
                writing.execute("INSERT INTO public.t VALUES (3), (4)");
                writing.prepare("test-of-pool-b");
            }
            pool.commitPrepared("test-of-pool-b");
            pool.commitPrepared("test-of-pool-b");
            try (ShardTransaction reading = pool.read()) {
                assertThat(count(reading)).isEqualTo(2);
            }
        }
    }

    @Test
    void rowsGoFromOneShardToAnother() throws ShardFailure {
        try (ShardPool one = pool();
                ShardPool other = pool();
                ShardTransaction from = one.write();
                ShardTransaction to = other.write()) {
            from.execute("CREATE TABLE public.t AS SELECT i, E'\\t\\n\\\\' || i AS v FROM generate_series(1, 5000) i");
            to.execute("CREATE TABLE public.t (i int, v text)");

            assertThat(from.copy("COPY public.t TO STDOUT", to, "COPY public.t FROM STDIN"))
                    .isEqualTo(5000);
            assertThat(sum(to)).isEqualTo(sum(from));
        }
    }

    @Test
    void notificationsArrive() throws ShardFailure {
        try (ShardPool pool = pool();
                ShardPool.Subscription subscription = pool.subscribe("news")) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try (ShardTransaction writing = pool.write()) {
                    writing.execute("NOTIFY news, 'here'");
                    writing.commit();
                } catch (ShardFailure failed) {
                    throw new IllegalStateException(failed);
                }
            });

            assertThat(subscription.await(PATIENCE)).containsExactly("here");
            sent.join();
            assertThat(subscription.await(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void aShardThatIsAwaySaysSo() {
        Endpoint nobody = PostgresCluster.shared().administrator().at("127.0.0.1", 1);
        try (ShardPool pool = pool(nobody, ShardTlsConfig.DEFAULT)) {
            assertThatThrownBy(pool::read)
                    .isInstanceOfSatisfying(
                            ShardFailure.class,
                            failed -> assertThat(failed.sqlState()).isEqualTo("08001"))
                    .hasMessageStartingWith("a: ")
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void theModesOfTlsAreThoseOfTheDataPath(@TempDir Path directory) throws Exception {
        Authority authority = new Authority(directory, "authority");
        Authority.Identity own = authority.issue("control");
        // As libpq does, the driver refuses a key that others can read.
        Files.setPosixFilePermissions(own.key(), PosixFilePermissions.fromString("rw-------"));
        try (PostgresServer server = PostgresCluster.ownServer(Map.of())) {
            authority.equip(server, authority.issue("server", "dns:localhost"));
            Path rules = server.directory().resolve("rules");
            Files.writeString(rules, "hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n");
            server.set("hba_file", rules.toString());
            Endpoint endpoint = Endpoint.of(server.start());
            Optional<Path> root = Optional.of(authority.certificate());
            Optional<Path> certificate = Optional.of(own.certificate());
            Optional<Path> key = Optional.of(own.key());
            ShardTlsConfig full = new ShardTlsConfig(ShardTlsConfig.Mode.VERIFY_FULL, root, certificate, key);

            assertThat(isEncrypted(endpoint.at("localhost", endpoint.port()), full))
                    .isTrue();
            assertThat(isEncrypted(
                            endpoint,
                            new ShardTlsConfig(ShardTlsConfig.Mode.REQUIRE, Optional.empty(), certificate, key)))
                    .isTrue();
            assertThatThrownBy(() -> isEncrypted(endpoint, full)).isInstanceOf(ShardFailure.class);
            assertThatThrownBy(() -> isEncrypted(
                            endpoint,
                            new ShardTlsConfig(
                                    ShardTlsConfig.Mode.VERIFY_CA, root, Optional.empty(), Optional.empty())))
                    .isInstanceOf(ShardFailure.class)
                    .hasMessageContaining("certificate");
        }
    }

    private static boolean isEncrypted(Endpoint endpoint, ShardTlsConfig tls) throws ShardFailure {
        try (ShardPool pool = pool(endpoint, tls);
                ShardTransaction reading = pool.read()) {
            return reading.row("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", row -> row.flag("ssl"));
        }
    }

    private static long sum(ShardTransaction transaction) throws ShardFailure {
        return transaction.row("SELECT sum(hashtext(v)) AS n FROM public.t", row -> row.whole("n"));
    }

    private static int count(ShardTransaction transaction) throws ShardFailure {
        return transaction.row("SELECT count(*) AS n FROM public.t", row -> row.number("n"));
    }
}
