package dev.pgbraid.proxy.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/// Directories that are made once and then never change, shared by all processes of a user.
record Cache(Path root) {

    /// The user's cache. Root's is one that the user nobody can read too.
    static Cache ofUser() {
        String system = System.getProperty("os.name");
        Path home = Path.of(System.getProperty("user.home"));
        if (System.getProperty("user.name").equals("root")) {
            return new Cache(Path.of("/var/cache/pgbraid"));
        }
        return new Cache(
                system.startsWith("Mac") ? home.resolve("Library/Caches/pgbraid") : home.resolve(".cache/pgbraid"));
    }

    /// The directory `name`, filled by `make` if it is not there.
    ///
    /// Two processes may make it at once: whoever is first gives the directory its name, the other's is dropped.
    Path directory(String name, Consumer<Path> make) {
        Path target = root.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(root);
            Path work = Files.createTempDirectory(root, name + ".");
            try {
                Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
                make.accept(work);
                publish(work, target);
            } finally {
                Trees.delete(work);
            }
        } catch (IOException failed) {
            throw new PostgresException("cannot make " + target + ": " + failed.getMessage(), failed);
        }
        return target;
    }

    private static void publish(Path work, Path target) throws IOException {
        try {
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            if (!Files.isDirectory(target)) {
                throw failed;
            }
        }
    }
}
