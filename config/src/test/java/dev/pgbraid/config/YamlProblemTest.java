package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.problems;
import static dev.pgbraid.config.ConfigFixture.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlProblemTest {
    @Test
    void aSyntaxErrorIsToldWhereItIs() {
        assertThat(problems("listen:\n  host: a: b\n"))
                .containsExactly("file:2:10 not valid YAML: mapping values are not allowed here");
        assertThat(problems("listen: {port: 1\nauth: 2\n"))
                .containsExactly("file:2:5 not valid YAML: expected ',' or '}', but got :");
        assertThat(problems("listen:\n\tport: 1\n"))
                .containsExactly("file:2:1 not valid YAML: a tab cannot indent; use spaces");
        assertThat(problems("listen: @home\n"))
                .containsExactly("file:1:9 not valid YAML; a value with special characters needs quotes");
    }

    @Test
    void whatIsNoMappingIsTold() {
        assertThat(problems(read("hello"))).containsExactly("file:1:1 must be a block of keys, is a single value");
        assertThat(problems(read("- a\n"))).containsExactly("file:1:1 must be a block of keys, is a list");
    }

    @Test
    void onlyOneDocumentIsTaken() {
        assertThat(problems("---\nlisten: {}\n---\n"))
                .containsExactly("file:3:1 a second document begins; a file holds one");
    }

    @Test
    void tagsAndMergeKeysAreRefused() {
        assertThat(problems("listen: {port: !!int 5}\n"))
                .containsExactly("file:1:16 tags are not supported; a value that begins with ! needs quotes");
        assertThat(problems("pools: &p {}\ntimeouts: {<<: *p}\n"))
                .singleElement()
                .asString()
                .startsWith("file:2:12 timeouts.<<: unknown key");
    }

    @Test
    void keysThatAreNotTextAreRefused() {
        assertThat(problems("? [a, b]\n: c\n")).containsExactly("file:1:3 a key must be text");
        assertThat(problems("? {a: b}\n: c\n")).containsExactly("file:1:3 a key must be text");
    }

    @Test
    void anAliasNeedsAnAnchorBeforeIt() {
        assertThat(problems("listen: *home\n"))
                .containsExactly("file:1:9 alias of an unknown anchor; a value that begins with * needs quotes");
        assertThat(problems("listen: &home {host: *home}\n"))
                .containsExactly("file:1:22 alias of an unknown anchor; a value that begins with * needs quotes");
    }

    @Test
    void aliasesCannotGrowWithoutBound() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }

        assertThat(problems(text.toString())).containsExactly("file:6:10 more than 100000 values, aliases written out");
    }

    @Test
    void nestingIsBounded() {
        assertThat(problems("a: " + "[".repeat(100_000))).containsExactly("file:1:36 nested more than 32 levels deep");
    }

    @Test
    void columnsCountCharacters() {
        assertThat(problems("\"𝒳ä\": 1\nlisten: {port: \"𝒳ä\", threads: x}\r\n\u0007"))
                .containsExactly("file:3:1 the character U+0007 is not allowed");
        assertThat(problems("listen: {host: \"𝒳ä\", threads: x}\r\n"))
                .containsExactly("file:1:31 listen.threads: must be an integer, in decimal digits only, is \"x\"");
    }

    @Test
    void aFileThatCannotBeReadIsTold(@TempDir Path directory) throws IOException {
        Path binary = Files.write(directory.resolve("binary"), "listen:\n  host: ä\u00ff".getBytes(UTF_8));
        try (SeekableByteChannel channel = Files.newByteChannel(binary, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        Path large = Files.write(directory.resolve("large"), new byte[1024 * 1024 + 1]);

        assertThat(fileProblems(directory.resolve("none")))
                .containsExactly(directory.resolve("none") + ":1:1 does not exist");
        assertThat(fileProblems(directory)).containsExactly(directory + ":1:1 cannot be read");
        assertThat(fileProblems(large)).containsExactly(large + ":1:1 is larger than 1MiB");
        assertThat(fileProblems(binary)).containsExactly(binary + ":2:10 not UTF-8 text");
    }

    private static List<String> fileProblems(Path file) {
        return problems(ConfigReader.read(file, System::getenv));
    }
}
