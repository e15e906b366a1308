package dev.pgbraid.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerIT {
    private static final PostgresInstallation NEWEST = PostgresInstallation.newest();

    @ParameterizedTest
    @ValueSource(strings = {"15", "18"})
    void everyVersionStartsAndLogsInByScram(String major) throws SQLException {
        try (PostgresServer server =
                PostgresInstallation.of(major).temporaryServer(Map.of()).start()) {
            assertThat(query(server, "SHOW server_version")).startsWith(major + ".");
            assertThat(query(server, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThatThrownBy(() -> DriverManager.getConnection(address(server), "postgres", "wrong"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void settingsReachTheServerWithQuotesAndBackslashes() throws SQLException {
        String value = "it's a \\ 'test'";
        try (PostgresServer server =
                NEWEST.temporaryServer(Map.of("cluster_name", value)).start()) {
            assertThat(query(server, "SHOW cluster_name")).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedServerComesBackOnItsPortWithItsData(StopMode mode) throws SQLException {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of()).start()) {
            int port = server.port();
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

            server.stop(mode);
            assertThat(server.isRunning()).isFalse();
            server.start();

            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aKilledServerKeepsWhatWasCommitted() throws SQLException {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of()).start()) {
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            execute(server, "BEGIN; CREATE TABLE prepared(); PREPARE TRANSACTION 'later'");

            server.kill();
            server.start();

            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(query(server, "SELECT gid FROM pg_prepared_xacts")).isEqualTo("later");
        }
    }

    @Test
    void aPausedServerAnswersWhenItIsResumed() throws Exception {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of()).start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            server.pause();
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    answer.complete(statement.execute("SELECT 1"));
                } catch (SQLException failed) {
                    answer.completeExceptionally(failed);
                }
            });
            assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            server.resume();
            assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPausedServerCanBeStopped() {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of()).start()) {
            server.pause();
            server.stop(StopMode.FAST);
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void aStandbyFollowsItsPrimaryAndCanTakeItsPlace() throws SQLException {
        try (PostgresServer primary = NEWEST.temporaryServer(Map.of()).start();
                PostgresServer standby = primary.standby(Map.of()).start()) {
            primary.set("synchronous_standby_names", "\"" + standby.applicationName() + "\"");
            primary.stop(StopMode.FAST);
            primary.start();
            // Applied on the standby before the primary confirms it.
            execute(primary, "SET synchronous_commit = remote_apply; CREATE TABLE copied AS SELECT 42 AS answer");
            assertThat(query(standby, "SELECT answer FROM copied")).isEqualTo("42");
            assertThat(query(standby, "SELECT pg_is_in_recovery()")).isEqualTo("t");

            primary.kill();
            standby.promote();

            assertThat(query(standby, "SELECT pg_is_in_recovery()")).isEqualTo("f");
            execute(standby, "INSERT INTO copied VALUES (43)");
        }
    }

    @Test
    void statementsRunOnAStoppedServer() throws SQLException {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of())) {
            server.execute("postgres", """
                CREATE TABLE made (answer int);

                INSERT INTO made
                SELECT 42;

                """);
            assertThatThrownBy(() -> server.execute("postgres", "SELECT nothing FROM nowhere;\n\n"))
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("relation \"nowhere\" does not exist");

            server.start();

            assertThat(query(server, "SELECT answer FROM made")).isEqualTo("42");
        }
    }

    @Test
    void aServerThatCannotStartSaysWhatItsLogSays() {
        try (PostgresServer server = NEWEST.temporaryServer(Map.of("shared_bufers", "1MB"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("unrecognized configuration parameter \"shared_bufers\"");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void aKeptServerIsUsedAgain(@TempDir Path directory) throws SQLException {
        try (PostgresServer server =
                NEWEST.keptServer(directory, PostgresServer.DURABLE).start()) {
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (PostgresServer server = NEWEST.keptServer(directory, Map.of()).start()) {
            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
        assertThatThrownBy(() -> PostgresInstallation.of("15")
                        .keptServer(directory, Map.of())
                        .start())
                .hasMessageContaining("is of PostgreSQL 18 and cannot be used by 15.");
    }

    @Test
    void nothingStaysAfterClose() {
        PostgresServer server = NEWEST.temporaryServer(Map.of()).start();
        ProcessHandle process = ProcessHandle.of(server.processIdentity()).orElseThrow();
        Path directory = server.log().getParent();

        server.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(directory).doesNotExist();
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void rootRunsServersAsNobodyWhereNamespacesAreRefused() throws SQLException {
        PostgresInstallation installation = PostgresInstallation.of("", Privileges.NOBODY);
        try (PostgresServer primary = installation.temporaryServer(Map.of()).start();
                PostgresServer standby = primary.standby(Map.of()).start()) {
            assertThat(ProcessHandle.of(primary.processIdentity())
                            .flatMap(server -> server.info().user()))
                    .contains("nobody");
            primary.kill();
            standby.promote();
            assertThat(query(standby, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL", "INT"})
    void aServerEndsWithItsJvm(String signal) throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-D" + PostgresInstallation.DIRECTORY_PROPERTY + "="
                                + System.getProperty(PostgresInstallation.DIRECTORY_PROPERTY),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeavesServerBehind.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = jvm.inputReader();
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        Path directory = Path.of(output.readLine());
        assertThat(Files.isDirectory(directory)).isTrue();

        new Command("sh", "-c", "kill -" + signal + " " + jvm.pid()).run(Privileges.OWN);

        assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Deadline deadline = new Deadline(Duration.ofSeconds(20));
        while (server.isAlive() || Files.exists(directory)) {
            assertThat(deadline.isOver())
                    .as("the server or its files are still there")
                    .isFalse();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static String address(PostgresServer server) {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        return DriverManager.getConnection(address(server), properties);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
