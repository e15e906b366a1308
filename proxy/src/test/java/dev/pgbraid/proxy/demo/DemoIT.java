package dev.pgbraid.proxy.demo;

import static dev.pgbraid.proxy.testing.Answers.column;
import static dev.pgbraid.proxy.testing.Answers.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.Main;
import dev.pgbraid.proxy.postgres.PostgresException;
import dev.pgbraid.proxy.postgres.PostgresInstallation;
import dev.pgbraid.proxy.wire.Login;
import dev.pgbraid.proxy.wire.LoginRefused;
import dev.pgbraid.proxy.wire.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoIT {
    private static final Pattern PSQL =
            Pattern.compile("psql \"host=127.0.0.1 port=(\\d+) user=shop dbname=shop password=shop\"");

    @TempDir
    private Path scratch;

    @Test
    void servesTheShop() {
        try (Demo demo = Demo.start(new DemoOptions(2, 0, Optional.empty(), Optional.empty()));
                WireClient client = login(demo.port(), "shop")) {
            assertThat(column(client.query("SELECT count(*) FROM countries"))).containsExactly("30");
            assertThat(column(client.query("SELECT count(*) FROM products"))).containsExactly("200");
            assertThat(column(client.query("SELECT id FROM users")))
                    .hasSize(1000)
                    .doesNotHaveDuplicates();
            assertThat(column(client.query("SELECT id FROM orders")))
                    .hasSize(3000)
                    .doesNotHaveDuplicates();
            assertThat(column(client.query("SELECT line FROM order_items"))).hasSizeGreaterThan(5000);
            assertThat(column(client.query("SELECT id FROM users WHERE id IN (1, 2, 3, 4, 5, 6, 7)")))
                    .hasSize(7);
            for (int user = 1; user < 10; user++) {
                assertThat(column(client.query("SELECT name FROM users WHERE id = " + user)))
                        .hasSize(1);
            }
            assertThat(errors(client.query("INSERT INTO orders VALUES (0, 0, 'open', '2026-01-01')")))
                    .containsExactly("23503");
            assertThatThrownBy(() -> login(demo.port(), "wrong")).isInstanceOf(LoginRefused.class);
        }
    }

    @Test
    void keptDataIsUsedAgain() {
        DemoOptions options = new DemoOptions(2, 0, Optional.empty(), Optional.of(scratch));
        try (Demo demo = Demo.start(options);
                WireClient client = login(demo.port(), "shop")) {
            client.query("UPDATE users SET name = 'Somebody Else' WHERE id = 1");
        }
        try (Demo demo = Demo.start(options);
                WireClient client = login(demo.port(), "shop")) {
            assertThat(column(client.query("SELECT name FROM users WHERE id = 1")))
                    .containsExactly("Somebody Else");
        }
        assertThatThrownBy(() -> Demo.start(new DemoOptions(3, 0, Optional.empty(), Optional.of(scratch))))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("holds the data of 2 servers: say --shards 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalEndsEverything(String signal) throws Exception {
        Process demo = launch("--shards", "2", "--port", "0");
        int port = awaitPort(demo.inputReader());
        login(port, "shop").close();
        List<ProcessHandle> processes = demo.descendants().toList();
        assertThat(processes).isNotEmpty();

        signal(demo, signal);

        assertEnded(demo, 0);
        // What watched the servers sees the end a moment later.
        for (ProcessHandle process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aSignalDuringTheStartEndsEverythingToo() throws Exception {
        Process demo = launch("--shards", "2", "--port", "0");
        assertThat(demo.inputReader().readLine()).startsWith("Starting");
        // A server's processes are there before the demo is ready.
        while (demo.descendants().findAny().isEmpty()) {
            assertThat(demo.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        signal(demo, "TERM");

        assertEnded(demo, 0);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aBusyPortIsSaidAndLeavesNothing() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = launch("--shards", "1", "--port", Integer.toString(busy.getLocalPort()));
            String error = demo.errorReader().readLine();
            assertThat(error).startsWith("pgbraid: ").contains(Integer.toString(busy.getLocalPort()));
            assertEnded(demo, 1);
            assertThat(scratch).isEmptyDirectory();
        }
    }

    private Process launch(String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + scratch,
                "-D" + PostgresInstallation.DIRECTORY_PROPERTY + "="
                        + System.getProperty(PostgresInstallation.DIRECTORY_PROPERTY),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo");
        builder.command().addAll(List.of(options));
        return builder.start();
    }

    private static int awaitPort(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher psql = PSQL.matcher(line);
            if (psql.find()) {
                return Integer.parseInt(psql.group(1));
            }
        }
        throw new AssertionError("the demo has said no psql line");
    }

    private static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .start()
                .waitFor();
    }

    private static void assertEnded(Process process, int status) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the demo ends").isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
    }

    private static WireClient login(int port, String password) {
        return WireClient.login("127.0.0.1", port, new Login("shop", password, "shop"));
    }
}
