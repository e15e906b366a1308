package dev.pgbraid.proxy.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The life of a process that works until it is told to end.
///
/// The first SIGTERM or SIGINT interrupts the thread that works; the process ends when that has put everything away.
/// Another one asks it to be quick.
public final class Lifetime {
    private final AtomicInteger told = new AtomicInteger();
    private final Thread worker = Thread.currentThread();

    private Lifetime() {}

    /// Does `work` and gives the exit status, which is also that of a process that was told to end.
    public static int run(Consumer<Lifetime> work) {
        Lifetime lifetime = new Lifetime();
        Signals.on("TERM", lifetime::tell);
        Signals.on("INT", lifetime::tell);
        try {
            work.accept(lifetime);
        } catch (RuntimeException failure) {
            // What was interrupted by the wish to end has failed as it should.
            if (lifetime.told.get() == 0 || !(failure.getCause() instanceof InterruptedException)) {
                throw failure;
            }
        }
        return ExitStatus.OK;
    }

    /// Returns when the process is told to end. From then on the thread can wait for things again.
    public void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException asked) {
            return;
        }
    }

    /// Whether the process was told to end more than once.
    public boolean isHurried() {
        return told.get() > 1;
    }

    /// Tells the process to end, and to be quick about it.
    void end(boolean quickly) {
        tell();
        if (quickly) {
            tell();
        }
    }

    private void tell() {
        if (told.incrementAndGet() == 1) {
            worker.interrupt();
        }
    }
}
