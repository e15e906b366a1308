package dev.pgbraid.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs clients of the test's own, straight at a real server.
class ClientsIT {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(directory.resolve("loadtest/clients/good"));
        Files.createDirectories(directory.resolve("loadtest/clients/bad"));
        Files.createDirectories(directory.resolve("loadtest/clients/foreign"));
        write("good/check.sh", "echo version 1; echo ok $DATABASE_URL; echo done");
        write("bad/check.sh", "echo version 2; echo ok this; echo failed that: was $PGUSER; echo done; exit 1");
        write("foreign/requirements.txt", "nothing");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve("loadtest/clients").resolve(file), text + "\n");
    }

    @Test
    void aClientWithoutFailuresIsOk() {
        assertThat(run("good")).isZero();
        assertThat(out.toString()).containsPattern("good +1 +ok +- +1 ");
    }

    @Test
    void aFailureIsShownAndDecidesTheStatus() {
        assertThat(run("bad", "good")).isEqualTo(1);
        assertThat(out.toString()).containsPattern("bad +2 +1 failed").contains("bad, direct: that: was bench");
    }

    @Test
    void whatIsNotInstalledIsNoFailure() {
        assertThat(run("foreign")).isZero();
        assertThat(out.toString()).containsPattern("foreign +- +not here").contains("needs on the PATH: python3");
    }

    @Test
    void aClientThatDoesNotExistIsRefused() {
        assertThat(run("godo")).isEqualTo(2);
        assertThat(out.toString()).contains("no such client: godo; there are bad, foreign, good");
    }

    private int run(String... clients) {
        PrintWriter writer = new PrintWriter(out);
        String[] options = {
            "clients",
            "--direct",
            "--pgbraid",
            directory.resolve("pgbraid").toString(),
            "--cache",
            directory.resolve("cache").toString()
        };
        String[] arguments = new String[options.length + clients.length];
        System.arraycopy(options, 0, arguments, 0, options.length);
        System.arraycopy(clients, 0, arguments, options.length, clients.length);
        return Main.commandLine("").setOut(writer).setErr(writer).execute(arguments);
    }
}
