package dev.pgbraid.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is in a file, reading it gives a result. A failure names its seed.
class ConfigReaderProperties {
    private static final int RUNS = Integer.getInteger("runs", 3000);

    private static final List<String> PIECES = List.of(
            "auth: ",
            "users: ",
            "password: ",
            "databases: ",
            "shards: ",
            "host: ",
            "pools: ",
            "size-max: ",
            "tls: ",
            "a: ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            "\r",
            "- ",
            "? ",
            ": ",
            "&a ",
            "*a",
            "<<: ",
            "!!int ",
            "!",
            "|",
            ">-\n",
            "\"",
            "'",
            "\\",
            "\\u00",
            "\\UFFFFFFFF",
            "#",
            " #",
            "%YAML 1.1\n",
            "%TAG ! !\n",
            "---\n",
            "...\n",
            "~",
            "null",
            "1",
            "5s",
            "1MiB",
            "true",
            "${env:A}",
            "${file:/}",
            "${",
            "$${",
            "ä",
            "\uFEFF",
            "\0",
            "𝒳",
            "\u2028",
            "@",
            "`",
            "x");

    @Test
    void arbitraryBytesAreAResult(@TempDir Path directory) throws IOException {
        for (long seed = 0; seed < RUNS / 10; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            checkThatReadingGivesAResult(Files.write(directory.resolve("file"), bytes), seed);
        }
    }

    @Test
    void aDamagedFileIsAResult(@TempDir Path directory) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("../deploy/pgbraid.yaml"));
        for (long seed = 0; seed < RUNS / 10; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            checkThatReadingGivesAResult(Files.write(directory.resolve("file"), bytes), seed);
        }
    }

    @Test
    void anyMixOfPiecesIsAResult() {
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            check(text.toString(), seed);
        }
    }

    private static void checkThatReadingGivesAResult(Path file, long seed) throws IOException {
        try {
            assertOneLinePerProblem(ConfigReader.read(file, Map.of("A", "b")::get));
        } catch (RuntimeException | StackOverflowError broken) {
            throw new AssertionError("seed " + seed + ": " + new String(Files.readAllBytes(file), UTF_8), broken);
        }
    }

    private static void check(String text, long seed) {
        try {
            assertOneLinePerProblem(ConfigReader.read("file", text, Path.of(""), Map.of("A", "b")::get));
        } catch (RuntimeException | StackOverflowError broken) {
            throw new AssertionError("seed " + seed + ": " + text, broken);
        }
    }

    private static void assertOneLinePerProblem(ConfigResult result) {
        if (result instanceof ConfigResult.Invalid(List<ConfigProblem> problems)) {
            assertThat(problems).allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).doesNotContainPattern("\\p{Cntrl}");
                assertThat(problem.key()).doesNotContainPattern("\\p{Cntrl}");
            });
        }
    }
}
