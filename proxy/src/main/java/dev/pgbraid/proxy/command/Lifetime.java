package dev.pgbraid.proxy.command;

import java.util.concurrent.CountDownLatch;

/// The life of a process that works until it is told to end.
///
/// SIGTERM and SIGINT interrupt the thread that works; the process ends when that has put everything away.
public final class Lifetime {
    private final Thread worker;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean isTold;
    private volatile int status = ExitStatus.FAILED;

    private Lifetime(Thread worker) {
        this.worker = worker;
    }

    /// Does `work` and gives the exit status, which is also that of a process that was told to end.
    public static int run(Runnable work) {
        Lifetime lifetime = new Lifetime(Thread.currentThread());
        Thread ending = new Thread(lifetime::end, "ending");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            lifetime.work(work);
        } finally {
            lifetime.done.countDown();
            release(ending);
        }
        return lifetime.status;
    }

    /// Returns when the process is told to end. From then on the thread can wait for things again.
    public static void awaitEnd() {
        await(new CountDownLatch(1));
    }

    private void work(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            // What was interrupted by the wish to end has failed as it should.
            if (!isTold || !(failure.getCause() instanceof InterruptedException)) {
                throw failure;
            }
        }
        status = ExitStatus.OK;
    }

    private void end() {
        isTold = true;
        worker.interrupt();
        await(done);
        // Otherwise the status would say that a signal has ended the process.
        Runtime.getRuntime().halt(status);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException told) {
            return;
        }
    }

    private static void release(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException isEnding) {
            return;
        }
    }
}
