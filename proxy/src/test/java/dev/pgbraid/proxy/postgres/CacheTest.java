package dev.pgbraid.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @Test
    void makesADirectoryOnce(@TempDir Path root) {
        Cache cache = new Cache(root);
        Path made = cache.directory("thing", work -> write(work.resolve("file"), "first"));

        assertThat(cache.directory("thing", work -> write(work.resolve("file"), "second")))
                .isEqualTo(made);
        assertThat(made.resolve("file")).hasContent("first");
    }

    @Test
    void twoAtOnceGetOneWholeDirectory(@TempDir Path root) throws Exception {
        Cache cache = new Cache(root);
        CyclicBarrier bothAreMaking = new CyclicBarrier(2);
        Callable<Path> make = () -> cache.directory("thing", work -> {
            await(bothAreMaking);
            write(work.resolve("file"), "whole");
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> both = List.of(threads.submit(make), threads.submit(make));
            for (Future<Path> one : both) {
                assertThat(one.get().resolve("file")).hasContent("whole");
            }
        }
        assertThat(names(root)).containsExactly("thing");
    }

    @Test
    void aFailureLeavesNothing(@TempDir Path root) throws IOException {
        assertThatThrownBy(() -> new Cache(root).directory("thing", work -> {
                    write(work.resolve("file"), "half");
                    throw new PostgresException("no");
                }))
                .hasMessage("no");
        assertThat(names(root)).isEmpty();
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
