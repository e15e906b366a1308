package dev.pgbraid.proxy.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.postgres.PostgresInstallation;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL's own programs replicate through the proxy.
///
/// They refuse servers that are newer than they are, so this takes the oldest.
@EnabledIf(value = "areThere", disabledReason = "there is no /usr/lib/postgresql/15/bin/pg_receivewal, or a newer one")
class ReplicationToolsIT {
    private static final String VERSION = "15";
    private static final Path PLACE = Path.of("/usr/lib/postgresql");
    private static final int SECONDS_MAX = 60;

    private static PostgresServer server;

    @TempDir
    private Path directory;

    static boolean areThere() {
        return programs().isPresent();
    }

    /// Where the newest are.
    private static Optional<Path> programs() {
        if (!Files.isDirectory(PLACE)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PLACE)) {
            return versions.filter(version -> version.getFileName().toString().compareTo(VERSION) >= 0)
                    .map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("pg_receivewal")))
                    .filter(programs -> Files.isExecutable(programs.resolve("pg_recvlogical")))
                    .max(Path::compareTo);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @BeforeAll
    static void start() {
        server = PostgresInstallation.of(VERSION)
                .temporaryServer(Map.of("wal_level", "logical"))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Endpoint shard() {
        return new Endpoint(server.host(), server.port(), server.user(), server.password(), "postgres");
    }

    private Process run(String program, Endpoint endpoint, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                programs().orElseThrow().resolve(program).toString(),
                "--no-password",
                "--no-loop",
                "--host=" + endpoint.host(),
                "--port=" + endpoint.port(),
                "--username=" + endpoint.user()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().put("PGPASSWORD", endpoint.password());
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void assertEnds(Process process) throws InterruptedException, IOException {
        boolean hasEnded = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(hasEnded).isTrue();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("said")))
                .isZero();
    }

    @Test
    void theLogOfTheServerArrives() throws InterruptedException, IOException {
        Path received = Files.createDirectory(directory.resolve("received"));
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard());
                WireClient writer = WireClient.login(shard())) {
            assertEnds(run("pg_receivewal", proxy.endpoint(), "--slot=log", "--create-slot"));
            String segment = writer.value("SELECT pg_walfile_name(pg_current_wal_lsn())");
            String end = writer.value("SELECT '0/0'::pg_lsn"
                    + " + (trunc((pg_current_wal_lsn() - '0/0') / 16777216) + 1) * 16777216 - 8");
            Process receiving = run(
                    "pg_receivewal",
                    proxy.endpoint(),
                    "--slot=log",
                    "--synchronous",
                    "--endpos=" + end,
                    "--directory=" + received);
            Eventually.isTrue(
                    "the log is being received",
                    () -> writer.value("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
                            .equals("1"));
            writer.query("CREATE TABLE logged AS SELECT generate_series(1, 1000)");
            writer.query("SELECT pg_switch_wal()");
            assertEnds(receiving);
            assertThat(received.resolve(segment))
                    .hasSameBinaryContentAs(
                            server.directory().resolve("data/pg_wal").resolve(segment));
        }
    }

    @Test
    void theChangesOfADatabaseArrive() throws InterruptedException, IOException {
        Path received = directory.resolve("received");
        try (ProxyFixture proxy = ProxyFixture.startBefore(shard());
                WireClient writer = WireClient.login(shard())) {
            writer.query("CREATE TABLE changed (id int PRIMARY KEY)");
            String[] create = {"--dbname=postgres", "--slot=changes", "--create-slot", "--plugin=test_decoding"};
            assertEnds(run("pg_recvlogical", proxy.endpoint(), create));
            writer.query("INSERT INTO changed SELECT generate_series(1, 1000)");
            String end = writer.value("SELECT pg_current_wal_lsn()");
            assertEnds(run(
                    "pg_recvlogical",
                    proxy.endpoint(),
                    "--dbname=postgres",
                    "--slot=changes",
                    "--start",
                    "--endpos=" + end,
                    "--file=" + received));
            assertThat(Files.readAllLines(received))
                    .filteredOn(line -> line.startsWith("table public.changed: INSERT"))
                    .hasSize(1000)
                    .last()
                    .isEqualTo("table public.changed: INSERT: id[integer]:1000");
            assertEnds(run("pg_recvlogical", proxy.endpoint(), "--dbname=postgres", "--slot=changes", "--drop-slot"));
        }
    }
}
