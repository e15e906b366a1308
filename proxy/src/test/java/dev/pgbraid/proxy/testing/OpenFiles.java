package dev.pgbraid.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The sockets, rings and event descriptors that this process holds open. Files and pipes are not a proxy's. Queues of
/// events are left out: the runtime opens some of its own when a virtual thread first waits, and an event loop that is
/// left open shows by its event descriptor.
final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /// What each of them is, by its number.
    static NavigableMap<String, String> list() {
        NavigableMap<String, String> open = new TreeMap<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return open;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            descriptors.forEach(descriptor -> {
                String target = target(descriptor);
                if (isCounted(target)) {
                    open.put(descriptor.getFileName().toString(), target);
                }
            });
            return open;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Those that are open now and were not, with what the kernel knows of their connections.
    static String news(NavigableMap<String, String> before) {
        NavigableMap<String, String> news = list();
        news.entrySet().removeAll(before.entrySet());
        StringBuilder text = new StringBuilder(news.toString());
        try (Stream<String> connections = Files.lines(Path.of("/proc/self/net/tcp"))) {
            connections
                    .filter(line -> news.values().stream()
                            .anyMatch(socket -> socket.startsWith("socket:[")
                                    && line.contains(" " + socket.substring(8, socket.length() - 1) + " ")))
                    .forEach(line -> text.append('\n').append(line));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return text.toString();
    }

    private static boolean isCounted(String target) {
        return target.startsWith("socket:")
                || (target.startsWith("anon_inode:") && !target.equals("anon_inode:[eventpoll]"));
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
