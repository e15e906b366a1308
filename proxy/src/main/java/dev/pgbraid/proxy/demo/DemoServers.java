package dev.pgbraid.proxy.demo;

import dev.pgbraid.proxy.postgres.PostgresException;
import dev.pgbraid.proxy.postgres.PostgresInstallation;
import dev.pgbraid.proxy.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The servers of the demo, started and stopped all at once.
final class DemoServers implements AutoCloseable {
    private final String version;
    private final List<Server> list;

    private DemoServers(String version, List<Server> list) {
        this.version = version;
        this.list = List.copyOf(list);
    }

    /// A server and its name as a shard.
    record Server(String name, PostgresServer server) {}

    /// Starts `count` servers, each with its part of the shop's rows.
    static DemoServers start(int count, Optional<Path> keep) {
        keep.ifPresent(directory -> requireSameCount(directory, count));
        PostgresInstallation installation = PostgresInstallation.newest();
        List<Server> made = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String name = name(i);
            made.add(new Server(
                    name,
                    keep.map(directory -> installation.keptServer(directory.resolve(name), PostgresServer.DURABLE))
                            .orElseGet(() -> installation.temporaryServer(Map.of()))));
        }
        DemoServers servers = new DemoServers(installation.version(), made);
        boolean started = false;
        try {
            servers.forAll(each -> Shop.start(each.server(), made.indexOf(each), count));
            started = true;
        } finally {
            if (!started) {
                servers.close();
            }
        }
        return servers;
    }

    List<Server> list() {
        return list;
    }

    String version() {
        return version;
    }

    @Override
    public void close() {
        // The interrupt that asked for the end must not disturb it.
        boolean interrupted = Thread.interrupted();
        forAll(each -> each.server().close());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Rows may be spread over the servers, so a directory is used with all that were made in it.
    private static void requireSameCount(Path directory, int count) {
        int found = 0;
        while (Files.exists(directory.resolve(name(found + 1)))) {
            found++;
        }
        if (found != 0 && found != count) {
            throw new PostgresException(directory + " holds the data of " + found + " servers: say --shards " + found
                    + ", or keep the data elsewhere");
        }
    }

    private static String name(int number) {
        return "shard" + number;
    }

    /// Does the same with all servers at once; the first failure is thrown when all have ended.
    private void forAll(Consumer<Server> action) {
        List<Future<?>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Server each : list) {
                results.add(threads.submit(() -> action.accept(each)));
            }
            for (Future<?> result : results) {
                awaitOrStop(result, threads);
            }
        }
    }

    private static void awaitOrStop(Future<?> result, ExecutorService threads) {
        try {
            result.get();
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while servers were started or stopped", interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }
}
