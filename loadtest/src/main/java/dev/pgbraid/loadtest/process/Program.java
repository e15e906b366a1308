package dev.pgbraid.loadtest.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds installed programs by name.
public final class Program {
    private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");
    private static final List<Path> SYSTEM =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"), Path.of("/sbin"));

    private Program() {}

    /// Looks on the PATH, then where systems keep their daemons, then where Debian keeps PostgreSQL's programs.
    public static Optional<Path> find(String name, String searchPath) {
        Stream<Path> onPath =
                Stream.of(searchPath.split(File.pathSeparator, -1)).map(Path::of);
        return Stream.of(onPath, SYSTEM.stream(), postgresVersions().stream())
                .flatMap(directories -> directories)
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Newest first.
    private static List<Path> postgresVersions() {
        if (!Files.isDirectory(POSTGRES_VERSIONS)) {
            return List.of();
        }
        List<Path> directories = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(POSTGRES_VERSIONS, "[1-9][0-9]")) {
            versions.forEach(version -> directories.add(version.resolve("bin")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        directories.sort(Comparator.reverseOrder());
        return directories;
    }
}
