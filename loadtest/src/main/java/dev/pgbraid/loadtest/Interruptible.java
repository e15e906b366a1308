package dev.pgbraid.loadtest;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Work that closes what it has opened, also when the JVM is told to end.
@FunctionalInterface
interface Interruptible {
    int TIDY_SECONDS_MAX = 20;

    int run() throws IOException, InterruptedException;

    /// Runs `work`. When the JVM is told to end meanwhile, the work is interrupted and the end waits for it.
    static int finish(Interruptible work) throws IOException, InterruptedException {
        Thread running = Thread.currentThread();
        CountDownLatch tidied = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tidyUp(running, tidied)));
        try {
            return work.run();
        } finally {
            tidied.countDown();
        }
    }

    private static void tidyUp(Thread running, CountDownLatch tidied) {
        running.interrupt();
        try {
            if (!tidied.await(TIDY_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("bench: temporary files may be left in " + System.getProperty("java.io.tmpdir"));
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
