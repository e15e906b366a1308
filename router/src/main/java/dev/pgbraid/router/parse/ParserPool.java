package dev.pgbraid.router.parse;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// A few threads that read statements for event loops, which must not wait for a long one.
///
/// A thread cannot be stopped in the middle of a statement, and need not be: the limits of [StatementParser] make
/// every reading end soon. Who waits is answered in time in any case.
public final class ParserPool implements AutoCloseable {
    /// Room for the deepest statement that is let through.
    private static final long STACK_BYTES = 16 << 20;

    private static final int IDLE_SECONDS_MAX = 10;

    private final ExecutorService threads;
    private final Duration patience;

    /// Starts no thread before there is something to read.
    ///
    /// @param waitingMax statements that wait for a thread; more are answered at once that they cannot be read
    /// @param patience how long an answer may take
    public ParserPool(int size, int waitingMax, Duration patience) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS_MAX,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                task -> Thread.ofPlatform()
                        .name("parser")
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .unstarted(task));
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
        this.patience = patience;
    }

    /// Lets a thread read something.
    ///
    /// @param reading ends soon, by the limits of [StatementParser]
    /// @param unread the answer if it is not read in time, by the reason, which follows "cannot be read: "
    public <T> CompletableFuture<T> read(Supplier<T> reading, Function<String, T> unread) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> read(reading, answer));
        } catch (RejectedExecutionException _) {
            answer.complete(unread.apply("too many statements wait to be read"));
        }
        return answer.completeOnTimeout(
                unread.apply("it takes longer than " + patience.toMillis() + " ms to read"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static <T> void read(Supplier<T> reading, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            // Nobody waits any more.
            return;
        }
        try {
            answer.complete(reading.get());
        } catch (RuntimeException | Error problem) {
            answer.completeExceptionally(problem);
            throw problem;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
