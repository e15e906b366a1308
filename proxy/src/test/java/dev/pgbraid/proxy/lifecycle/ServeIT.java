package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServeProcess;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A proxy as a process of its own: signals, and a file that changes.
class ServeIT {
    private static final String IN_FORCE = "the configuration file is in force";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Activity activity = new Activity(database);

    @TempDir
    private Path directory;

    private Path file;
    private ServeProcess proxy;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(directory.resolve("pgbraid.yaml"), setup().yaml());
        proxy = ServeProcess.start(file);
    }

    @AfterEach
    void stop() {
        proxy.close();
        activity.close();
    }

    @Test
    void theFileIsTakenOnASignalAndWhenItChanges() throws IOException {
        try (WireClient client = login()) {
            client.query("BEGIN");
            Files.writeString(
                    file,
                    setup().set("limits.clients-max", 1).set("listen.port", 1).yaml());
            proxy.awaitLog(IN_FORCE, 1);
            assertThat(proxy.log())
                    .contains("limits.clients-max: 10000 -> 1\n", "listen.port: 0 -> 1, after a restart\n");
            assertThatThrownBy(this::login).hasMessageContaining("53300");
            assertThat(client.value("SELECT 1")).isEqualTo("1");

            proxy.signal("HUP");
            proxy.awaitLog(IN_FORCE, 2);
            proxy.awaitLog("listen.port: 0 -> 1, after a restart", 2);
            assertThat(Answers.errors(client.query("COMMIT"))).isEmpty();
        }
    }

    @Test
    void aFileThatIsWrongIsRefusedWholeWithEveryProblem() throws IOException {
        Files.writeString(file, setup().set("limits.clients-max", 1).yaml() + "pools: {size-max: many}\nfoo: 1\n");
        proxy.signal("HUP");
        proxy.awaitLog("what it said before stays in force", 1);
        proxy.awaitLog("unknown key", 1);
        assertThat(proxy.log()).contains("is given twice");
        try (WireClient first = login();
                WireClient second = login()) {
            assertThat(first.value("SELECT 1")).isEqualTo("1");
            assertThat(second.value("SELECT 1")).isEqualTo("1");
        }
        Files.delete(file);
        proxy.signal("HUP");
        proxy.awaitLog("does not exist", 1);
        assertThat(proxy.isAlive()).isTrue();
    }

    @Test
    void signalsThatComeTogetherAreAllHeard() throws IOException {
        Files.writeString(file, setup().set("logging.level", "error").yaml());
        for (int i = 0; i < 5; i++) {
            proxy.signal("HUP");
        }
        proxy.awaitLog("logging.level: info -> error", 1);
        Files.writeString(file, setup().yaml());
        proxy.signal("HUP");
        proxy.awaitLog(IN_FORCE, 1);
    }

    @Test
    void aSignalLetsTransactionsEnd() throws IOException {
        WireClient idle = login();
        WireClient busy = login();
        WireClient waiting = login();
        busy.query("CREATE TABLE kept (id int)");
        busy.query("BEGIN");
        busy.query("INSERT INTO kept VALUES (1)");
        waiting.send(new Query(ByteString.utf8("SELECT pg_sleep(0.5)")));
        Eventually.isTrue("the statement runs", () -> activity.count("query LIKE '%pg_sleep%'") == 1);

        proxy.signal("TERM");

        assertThat(Answers.errors(idle.readUntilEnd())).containsExactly("57P01");
        assertThatThrownBy(this::login);
        assertThat(Answers.errors(waiting.readUntilEnd()))
                .as("it gets its answer first")
                .containsExactly("57P01");
        assertThat(busy.value("SELECT count(*) FROM kept")).isEqualTo("1");
        assertThat(proxy.isAlive()).isTrue();
        busy.send(new Query(ByteString.utf8("COMMIT")));
        assertThat(Answers.errors(busy.readUntilEnd())).containsExactly("57P01");
        assertThat(proxy.awaitExit()).isZero();
        activity.await(0, "TRUE");
        assertThat(activity.direct().value("SELECT count(*) FROM kept")).isEqualTo("1");
        closeAll(idle, busy, waiting);
    }

    @Test
    void patienceEnds() throws IOException {
        Files.writeString(file, setup().set("timeouts.drain", "300ms").yaml());
        proxy.signal("HUP");
        proxy.awaitLog("timeouts.drain: 30s -> 300ms", 1);
        WireClient busy = login();
        busy.query("BEGIN");
        proxy.signal("TERM");
        assertThat(proxy.awaitExit()).isZero();
        activity.await(0, "TRUE");
        closeAll(busy);
    }

    @Test
    void aSecondSignalEndsEverythingAtOnce() {
        WireClient busy = login();
        busy.query("BEGIN");
        proxy.signal("INT");
        proxy.awaitLog("draining", 1);
        assertThat(busy.value("SELECT 1")).isEqualTo("1");
        proxy.signal("TERM");
        assertThat(proxy.awaitExit()).isZero();
        activity.await(0, "TRUE");
        closeAll(busy);
    }

    private static void closeAll(WireClient... clients) {
        for (WireClient client : clients) {
            client.close();
        }
    }

    private ProxyFixture.Setup setup() {
        return ProxyFixture.before(database);
    }

    private WireClient login() {
        return WireClient.login(
                new Endpoint("127.0.0.1", proxy.port(), database.user(), ProxyFixture.PASSWORD, database.database()));
    }
}
