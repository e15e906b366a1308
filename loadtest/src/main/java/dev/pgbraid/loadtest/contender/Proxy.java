package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.load.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A product that can be started as a proxy in front of a server.
public interface Proxy {

    String name();

    String version() throws InterruptedException;

    /// Whether the aims are for this one.
    boolean isOurs();

    Set<Mode> modes();

    /// How often it carries a load at most before the cost of that is steady; 0 when it is so at once.
    int warmUpLoadsMax();

    /// Starts it as a process of its own. It may not listen yet when this returns.
    RunningProxy start(ProxySettings settings) throws IOException;

    /// A directory for its files, which others may read: some products give up their rights at the start.
    static Path createDirectory(String name) throws IOException {
        return Files.createTempDirectory(
                "pgbraid-bench-" + name + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    static void deleteDirectory(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(directory)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /// A port that was free a moment ago.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
