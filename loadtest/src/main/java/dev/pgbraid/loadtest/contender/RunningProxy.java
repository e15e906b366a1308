package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.process.ChildProcess;
import dev.pgbraid.loadtest.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A proxy's process with the directory of its files, which goes when it ends.
public record RunningProxy(Contender contender, ChildProcess process, Path directory) implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(30);

    public long pid() {
        return process.pid();
    }

    /// Waits until a client got an answer through it.
    public void awaitAnswer() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!Connection.answers(contender.endpoint())) {
            process.requireAlive();
            if (System.nanoTime() - start > START_MAX.toNanos()) {
                throw new BenchmarkException(contender.name() + " has not answered for " + START_MAX.toSeconds()
                        + " s:\n" + Files.readString(process.log()));
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        Proxy.deleteDirectory(directory);
    }
}
