package dev.pgbraid.loadtest.clients;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.process.Command;
import dev.pgbraid.loadtest.process.Command.Ending;
import dev.pgbraid.loadtest.process.Program;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that uses PostgreSQL as an application with its driver would.
///
/// @param sources its folder, which is only read
/// @param directory where it is installed and runs
public record Client(String name, Language language, Path sources, Path directory) {
    private static final Duration INSTALL_MAX = Duration.ofMinutes(15);
    private static final Duration RUN_MAX = Duration.ofMinutes(3);

    /// Everything that is in `folder`, in the order of the names.
    ///
    /// @param cache where clients are installed
    public static List<Client> in(Path folder, Path cache) throws IOException {
        try (Stream<Path> directories = Files.list(folder)) {
            return directories
                    .sorted()
                    .flatMap(sources -> in(sources, sources.getFileName().toString(), cache))
                    .toList();
        }
    }

    private static Stream<Client> in(Path sources, String name, Path cache) {
        return Language.of(sources).stream().map(language -> new Client(name, language, sources, cache.resolve(name)));
    }

    /// The programs that it needs and that are not there.
    public List<String> missingPrograms(String searchPath) {
        return language.programs().stream()
                .filter(program -> Program.find(program, searchPath).isEmpty())
                .toList();
    }

    /// Why the client cannot run on this machine, and what to do about it; empty when it can.
    public Optional<String> obstacle(String searchPath) throws IOException {
        List<String> missing = missingPrograms(searchPath);
        if (!missing.isEmpty()) {
            return Optional.of("needs on the PATH: " + String.join(", ", missing));
        }
        return isInstalled() ? Optional.empty() : Optional.of("its driver is not installed; --install fetches it");
    }

    /// Fetches what the client needs, as its lock file pins it, unless it is there already.
    public void install() throws IOException, InterruptedException {
        if (isInstalled()) {
            return;
        }
        copySources();
        Ending ending = shell(language.install(), Map.of(), INSTALL_MAX);
        if (!ending.isSuccess()) {
            throw new BenchmarkException(name + " cannot be installed:\n" + ending.output());
        }
        Files.copy(lockFile(), installed(), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Makes the client from its sources, as they are now.
    public void build() throws IOException, InterruptedException {
        copySources();
        if (language.build().isEmpty()) {
            return;
        }
        Ending ending = shell(language.build(), Map.of(), INSTALL_MAX);
        if (!ending.isSuccess()) {
            throw new BenchmarkException(name + " cannot be built:\n" + ending.output());
        }
    }

    /// Runs the checks against a server. The client must have been built.
    public Findings run(Endpoint server) throws InterruptedException {
        long start = System.nanoTime();
        Ending ending = shell(language.run(), environment(server), RUN_MAX);
        return Findings.parse(ending, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Map<String, String> environment(Endpoint server) {
        String port = Integer.toString(server.port());
        String user = server.login().user();
        String password = server.login().password();
        String url =
                "postgresql://" + user + ":" + password + "@" + server.host() + ":" + port + "/" + server.database();
        return Map.of(
                "DATABASE_URL", url,
                "PGHOST", server.host(),
                "PGPORT", port,
                "PGUSER", user,
                "PGPASSWORD", password,
                "PGDATABASE", server.database(),
                "PGSSLMODE", "disable");
    }

    private Ending shell(String script, Map<String, String> environment, Duration limit) throws InterruptedException {
        return new Command(List.of("/bin/sh", "-c", script), environment, directory, limit).execute();
    }

    /// The sources stay as they are: everything that is fetched and built lies beside a copy of them.
    private void copySources() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(sources)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = directory.resolve(sources.relativize(file).toString());
            Files.createDirectories(copy.resolveSibling("."));
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private boolean isInstalled() throws IOException {
        if (language.install().isEmpty()) {
            return true;
        }
        return Files.isRegularFile(installed()) && Files.mismatch(lockFile(), installed()) < 0;
    }

    private Path lockFile() {
        return sources.resolve(language.lockFile());
    }

    /// A copy of the lock file that was installed.
    private Path installed() {
        return directory.resolve("installed");
    }
}
