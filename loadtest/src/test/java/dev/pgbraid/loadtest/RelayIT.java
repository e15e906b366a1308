package dev.pgbraid.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.contender.Database;
import dev.pgbraid.loadtest.load.LoadResult;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs against a real server, with whatever tools this machine has.
class RelayIT {
    @TempDir
    private Path directory;

    @Test
    void measuresAndReports() throws IOException {
        Path json = directory.resolve("report.json");
        StringWriter out = new StringWriter();

        int status = Main.commandLine("")
                .setOut(new PrintWriter(out))
                .execute(
                        "relay",
                        "--quick",
                        "--rounds",
                        "1",
                        "--clients",
                        "2",
                        "--modes",
                        "simple",
                        "--json",
                        "" + json);

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Relay on one CPU");
        assertThat(Files.readString(json))
                .contains("\"server\": \"PostgreSQL")
                .containsPattern("\"mode\": \"simple\", \"contender\": \"direct\", \"tx/s\": \\{\"median\": [1-9]");
    }

    @Test
    void ourOwnGeneratorRunsEveryMode() throws IOException {
        try (Database database = Database.start()) {
            for (Mode mode : Mode.values()) {
                assertThat(select(database.endpoint(), mode)).isEqualTo(10);
            }
        }
    }

    /// The transactions that the command says it has run.
    private static long select(Endpoint server, Mode mode) {
        StringWriter out = new StringWriter();
        int status = Main.commandLine("")
                .setOut(new PrintWriter(out))
                .execute(
                        "select",
                        "-M",
                        mode.label(),
                        "-c",
                        "2",
                        "-t",
                        "5",
                        "-h",
                        server.host(),
                        "-p",
                        "" + server.port(),
                        "-U",
                        server.login().user(),
                        "--password",
                        server.login().password(),
                        server.database());
        assertThat(status).isZero();
        return LoadResult.parse(out.toString()).transactions();
    }
}
