package dev.pgbraid.loadtest.load;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.load.Load.Extent;
import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Our own load generator: every client is a virtual thread, and every latency is recorded.
///
/// All clients are logged in before the first one sends a statement.
public final class ClosedLoop {
    private static final int DIGITS = 3;

    private final Endpoint endpoint;
    private final Load load;
    private final Histogram nanos = new ConcurrentHistogram(DIGITS);
    private final CountDownLatch connected;

    private ClosedLoop(Endpoint endpoint, Load load) {
        this.endpoint = endpoint;
        this.load = load;
        this.connected = new CountDownLatch(load.clients());
    }

    /// What was seen.
    ///
    /// @param nanos the latencies of all transactions
    /// @param perClient how many transactions each client got
    /// @param seconds from the first statement to the last answer
    public record Outcome(Histogram nanos, List<Long> perClient, double seconds) {
        public Outcome {
            perClient = List.copyOf(perClient);
        }

        public LoadResult result() {
            return new LoadResult(nanos.getTotalCount(), nanos.getTotalCount() / seconds);
        }
    }

    public static Outcome run(Endpoint endpoint, Load load) throws InterruptedException {
        return new ClosedLoop(endpoint, load).run();
    }

    private Outcome run() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> clients = new ArrayList<>();
            for (int i = 0; i < load.clients(); i++) {
                clients.add(threads.submit(this::runClient));
            }
            connected.await();
            long start = System.nanoTime();
            List<Long> perClient = new ArrayList<>();
            for (Future<Long> client : clients) {
                perClient.add(client.get());
            }
            return new Outcome(nanos, perClient, (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException failed) {
            throw new BenchmarkException("a client failed: " + failed.getCause(), failed);
        }
    }

    private long runClient() throws IOException, InterruptedException {
        try (Connection connection = open()) {
            connected.await();
            SelectTransaction transaction = new SelectTransaction(connection, load.mode());
            return switch (load.extent()) {
                case Extent.Seconds(int seconds) -> runFor(seconds, transaction);
                case Extent.TransactionsPerClient(int count) -> runTimes(count, transaction);
            };
        }
    }

    /// Counts itself as connected even when it fails, since the others wait for all.
    private Connection open() throws IOException {
        try {
            return Connection.open(endpoint);
        } finally {
            connected.countDown();
        }
    }

    private long runFor(int seconds, SelectTransaction transaction) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long transactions = 0;
        while (System.nanoTime() < end) {
            runOnce(transaction);
            transactions++;
        }
        return transactions;
    }

    private long runTimes(int count, SelectTransaction transaction) throws IOException {
        for (int i = 0; i < count; i++) {
            runOnce(transaction);
        }
        return count;
    }

    private void runOnce(SelectTransaction transaction) throws IOException {
        long start = System.nanoTime();
        transaction.run();
        nanos.recordValue(System.nanoTime() - start);
    }
}
