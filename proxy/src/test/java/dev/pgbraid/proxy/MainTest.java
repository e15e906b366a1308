package dev.pgbraid.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.command.CheckCommand;
import dev.pgbraid.proxy.command.ServeCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String VALID = """
        auth:
          users:
            shop: {password: "${env:SHOP_PASSWORD}"}
        databases:
          shop:
            shards:
              a: {host: 127.0.0.1}
        """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void aDatabaseWhoseShardsAreAwayIsNotServed(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("sharded.yaml"), VALID + """
                  b: {host: 127.0.0.1, port: 1}
                control: {user: control, password: secret, start-timeout: 100ms}
                tables: {orders: {key: [id]}}
            """);

        assertThat(run("serve", file.toString())).isNotZero();
        assertThat(text(error)).contains("database shop: its catalog and placement are not known after 0 s");
    }

    @Test
    void checkAcceptsAValidFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("good.yaml"), VALID);

        assertThat(run("check", file.toString())).isZero();
        assertThat(text(out)).isEqualTo(file + " is valid\n");
    }

    @Test
    void checkSaysEverythingThatIsWrong(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("bad.yaml"), VALID.replace("SHOP_PASSWORD", "ABSENT") + "listen: {port: 99999}\n");

        assertThat(run("check", file.toString())).isEqualTo(2);
        assertThat(text(out).lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith(file + ":3:").contains("ABSENT"))
                .anySatisfy(line -> assertThat(line).startsWith(file + ":8:").contains("listen.port"));
    }

    @Test
    void serveRefusesAFileThatIsNotThere(@TempDir Path directory) {
        Path file = directory.resolve("absent.yaml");

        assertThat(run("serve", file.toString())).isEqualTo(2);
        assertThat(text(error)).isEqualTo(file + ":1:1 does not exist\n");
    }

    @Test
    void wrongArgumentsAreSaidInOneLine() {
        assertThat(run("serv")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("serve")).isEqualTo(2);
        assertThat(text(error)).isEqualTo("""
            pgbraid: there is no command serv (see pgbraid help)
            pgbraid: a command is missing (see pgbraid help)
            pgbraid: FILE is missing (see pgbraid help)
            """);
    }

    @Test
    void helpIsAnsweredWhereverItIsAsked() {
        assertThat(run("help")).isZero();
        assertThat(text(out)).contains("serve", "check", "bench", "--version");
        out.reset();
        for (List<String> words :
                List.of(List.of("help", "check"), List.of("check", "--help"), List.of("check", "-h"))) {
            assertThat(run(words.toArray(String[]::new))).isZero();
            assertThat(text(out)).startsWith("Usage: pgbraid check [options] FILE\n");
            out.reset();
        }
        assertThat(run("--version")).isZero();
        assertThat(text(out)).startsWith("pgbraid ");
    }

    private int run(String... words) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errorStream = new PrintStream(error, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("SHOP_PASSWORD", "secret");
        return new Main(
                        List.of(
                                new ServeCommand(environment::get, errorStream),
                                new CheckCommand(environment::get, outStream)),
                        outStream,
                        errorStream)
                .run(List.of(words));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
