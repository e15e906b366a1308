package dev.pgbraid.proxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher on a project of two tiny programs, which a stand-in for Maven builds in a second.
class LauncherIT {
    private static final Path LAUNCHER = Path.of("../pgbraid").toAbsolutePath().normalize();

    private static final String MAVEN = """
        #!/bin/sh
        set -e
        echo build >>builds
        for module in proxy loadtest; do
            mkdir -p $module/target/classes
            "$JAVA25_HOME/bin/javac" -d $module/target/classes $(find $module/src/main/java -name '*.java')
            "$JAVA25_HOME/bin/jar" --create --file $module/target/pgbraid-$module-1.jar -C $module/target/classes .
        done
        printf '%s' "$PWD/proxy/target/pgbraid-proxy-1.jar" >loadtest/target/classpath
        """;

    @TempDir
    private Path scratch;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectory(scratch.resolve("a project"));
        Files.copy(LAUNCHER, project.resolve("pgbraid"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectory(project.resolve(".mvn"));
        for (String file : List.of("pom.xml", "proxy/pom.xml", "loadtest/pom.xml")) {
            write(project.resolve(file), "");
        }
        writeProgram("proxy", "first");
        writeProgram("loadtest", "bench");
        Path maven = scratch.resolve("bin/mvn");
        write(maven, MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void whatRunsIsAlwaysWhatTheSourcesSay() throws Exception {
        Run first = run(Map.of(), "one", "two words");
        assertThat(first.output()).isEqualTo("first [one, two words]\n");
        assertThat(first.error()).contains("pgbraid: building", "pgbraid: preparing a fast start");
        assertThat(caches()).hasSize(1);

        // The JVM refuses to run without a cache that fits, so this is what comes from the cache.
        Map<String, String> cacheOrDie = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");
        assertThat(run(cacheOrDie).output()).isEqualTo("first []\n");
        assertThat(run(cacheOrDie, "bench", "relay").output()).isEqualTo("bench [relay]\n");
        assertThat(builds()).isEqualTo(1);

        writeProgram("proxy", "other");
        assertThat(run(Map.of()).output()).isEqualTo("other []\n");
        assertThat(run(cacheOrDie).output()).isEqualTo("other []\n");
        assertThat(caches()).hasSize(2);
        assertThat(builds()).isEqualTo(2);

        Files.delete(project.resolve("proxy/src/main/java/dev/pgbraid/proxy/Words.java"));
        Run third = run(Map.of());
        assertThat(third.status()).as("the program does not compile without it").isEqualTo(1);
        assertThat(third.error()).contains("Words", "pgbraid: the build failed");
        assertThat(builds()).isEqualTo(3);
        assertThat(project.resolve("proxy/target/dist/lock")).doesNotExist();
    }

    @Test
    void isFoundThroughALinkAndGivesTheStatusOfTheProgram() throws Exception {
        Path link = Files.createSymbolicLink(
                scratch.resolve("link"), Files.createSymbolicLink(scratch.resolve("hop"), project.resolve("pgbraid")));

        Run run = run(Map.of(), link, "fail");

        assertThat(run.output()).isEqualTo("first [fail]\n");
        assertThat(run.status()).isEqualTo(7);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Run noJdk = run(Map.of("PGBRAID_JAVA_HOME", scratch.toString()));
        assertThat(noJdk.status()).isEqualTo(1);
        assertThat(noJdk.error()).isEqualTo("pgbraid: PGBRAID_JAVA_HOME=" + scratch + " is not a JDK 25 or newer\n");

        Files.delete(scratch.resolve("bin/mvn"));
        Run noMaven = run(Map.of("PATH", onlyPrograms("dirname", "readlink", "find", "mkdir", "cat", "rm")));
        assertThat(noMaven.status()).isEqualTo(1);
        assertThat(noMaven.error()).contains("there is no mvn on the PATH");
        assertThat(project.resolve("proxy/target/dist/lock")).doesNotExist();
    }

    private record Run(int status, String output, String error) {}

    private Run run(Map<String, String> environment, String... words) throws Exception {
        return run(environment, project.resolve("pgbraid"), words);
    }

    private Run run(Map<String, String> environment, Path launcher, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(words));
        Path error = scratch.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", scratch.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("PGBRAID_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, Files.readString(error));
    }

    /// A directory with links to a few programs of the system, and thus without the others.
    private String onlyPrograms(String... names) throws IOException {
        Path directory = Files.createDirectory(scratch.resolve("programs"));
        for (String name : names) {
            Path program = Stream.of("/usr/bin", "/bin")
                    .map(each -> Path.of(each, name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(directory.resolve(name), program);
        }
        return directory.toString();
    }

    private void writeProgram(String module, String name) throws IOException {
        Path sources = project.resolve(module + "/src/main/java/dev/pgbraid/" + module);
        write(sources.resolve("Main.java"), """
            package dev.pgbraid.%s;
            public class Main {
                public static void main(String[] words) {
                    System.out.println("%s " + Words.of(words));
                    System.exit(words.length == 1 && words[0].equals("fail") ? 7 : 0);
                }
            }
            """.formatted(module, name));
        write(sources.resolve("Words.java"), """
            package dev.pgbraid.%s;
            class Words {
                static String of(String[] words) {
                    return java.util.Arrays.toString(words);
                }
            }
            """.formatted(module));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private long builds() throws IOException {
        return Files.readAllLines(project.resolve("builds")).size();
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("proxy/target/dist"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }
}
