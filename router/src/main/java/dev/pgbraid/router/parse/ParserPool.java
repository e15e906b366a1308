package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few threads that read statements for event loops, which must not wait for a long one.
///
/// A thread cannot be stopped in the middle of a statement, and need not be: the limits of [StatementParser] make
/// every reading end soon. Who waits is answered in time in any case.
public final class ParserPool implements AutoCloseable {
    /// Room for the deepest statement that is let through.
    private static final long STACK_BYTES = 16 << 20;

    private final ExecutorService threads;
    private final Duration patience;

    /// Starts no thread before there is something to read.
    ///
    /// @param waitingMax statements that wait for a thread; more are answered at once that they cannot be read
    /// @param patience how long an answer may take
    public ParserPool(int size, int waitingMax, Duration patience) {
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waitingMax),
                task -> Thread.ofPlatform()
                        .name("parser")
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .unstarted(task));
        this.patience = patience;
    }

    /// Reads a text of one statement. The tree has the numbers of the tokens as they are in this text.
    public CompletableFuture<Reading> parse(byte[] text, TextRules rules) {
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> read(text, rules, answer));
        } catch (RejectedExecutionException _) {
            answer.complete(new Reading.Unreadable("too many statements wait to be read"));
        }
        return answer.completeOnTimeout(
                new Reading.Unreadable("it takes longer than " + patience.toMillis() + " ms to read"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void read(byte[] text, TextRules rules, CompletableFuture<Reading> answer) {
        if (answer.isDone()) {
            // Nobody waits any more.
            return;
        }
        try {
            Tokens tokens = new Lexer().read(text, 0, text.length, rules);
            answer.complete(
                    tokens.error().isPresent() || tokens.statementCount() != 1
                            ? new Reading.Unreadable("it is not one statement")
                            : StatementParser.parse(tokens, 0));
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
