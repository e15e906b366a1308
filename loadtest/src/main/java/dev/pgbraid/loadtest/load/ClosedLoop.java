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

/// Our own load generator: every client is a virtual thread, and every transaction is recorded.
///
/// All clients are logged in before the first one sends a statement.
public final class ClosedLoop {
    private final Endpoint endpoint;
    private final Load load;
    private final CountDownLatch connected;

    private ClosedLoop(Endpoint endpoint, Load load) {
        this.endpoint = endpoint;
        this.load = load;
        this.connected = new CountDownLatch(load.clients());
    }

    /// What was seen.
    ///
    /// @param seconds from the first statement to the last answer
    public record Outcome(TransactionLog log, double seconds) {
        public LoadResult result() {
            int transactions = log.entries().size();
            return new LoadResult(transactions, transactions / seconds);
        }
    }

    public static Outcome run(Endpoint endpoint, Load load) throws InterruptedException {
        return new ClosedLoop(endpoint, load).run();
    }

    private Outcome run() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<TransactionLog.Entry>>> clients = new ArrayList<>();
            for (int i = 0; i < load.clients(); i++) {
                String name = Integer.toString(i);
                clients.add(threads.submit(() -> runClient(name)));
            }
            connected.await();
            long start = System.nanoTime();
            List<TransactionLog.Entry> entries = new ArrayList<>();
            for (Future<List<TransactionLog.Entry>> client : clients) {
                entries.addAll(client.get());
            }
            return new Outcome(new TransactionLog(entries), (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException failed) {
            throw new BenchmarkException("a client failed: " + failed.getCause(), failed);
        }
    }

    private List<TransactionLog.Entry> runClient(String name) throws IOException, InterruptedException {
        try (Connection connection = open()) {
            connected.await();
            SelectTransaction transaction = new SelectTransaction(connection, load.mode());
            List<TransactionLog.Entry> entries = new ArrayList<>();
            switch (load.extent()) {
                case Extent.Seconds(int seconds) -> {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
                    while (System.nanoTime() < end) {
                        entries.add(runOnce(name, transaction));
                    }
                }
                case Extent.TransactionsPerClient(int count) -> {
                    for (int i = 0; i < count; i++) {
                        entries.add(runOnce(name, transaction));
                    }
                }
            }
            return entries;
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

    private static TransactionLog.Entry runOnce(String name, SelectTransaction transaction) throws IOException {
        long start = System.nanoTime();
        transaction.run();
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        return new TransactionLog.Entry(name, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()), micros);
    }
}
