package dev.pgbraid.loadtest.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Many guests at a time.
final class Crowd {
    /// Longer than any wait of a guest for one answer, so that guests say themselves what did not come.
    private static final Duration HANG = Duration.ofSeconds(90);

    private static final long WATCH_MILLIS = 500;

    private final Surroundings surroundings;
    private final int guests;
    private final Random seeds;

    Crowd(Surroundings surroundings, int guests, long seed) {
        this.surroundings = surroundings;
        this.guests = guests;
        this.seeds = new Random(seed);
    }

    /// Lets all come and returns when they have gone.
    Ledger run(Duration duration) throws InterruptedException {
        Ledger ledger = new Ledger();
        long endNanos = System.nanoTime() + duration.toNanos();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Visit> visits = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 1; i <= guests; i++) {
                Visit visit = new Visit(surroundings, ledger, "guest" + i, seeds.nextLong(), endNanos);
                visits.add(visit);
                running.add(threads.submit(visit));
            }
            watch(visits, running);
        } finally {
            threads.shutdownNow();
            if (!threads.awaitTermination(HANG.toSeconds(), TimeUnit.SECONDS)) {
                ledger.failed("guests do not leave");
            }
        }
        return ledger;
    }

    private static void watch(List<Visit> visits, List<Future<?>> running) throws InterruptedException {
        boolean hangs = false;
        while (!hangs && !running.stream().allMatch(Future::isDone)) {
            Thread.sleep(WATCH_MILLIS);
            for (Visit visit : visits) {
                hangs |= visit.hangs(HANG);
            }
        }
    }
}
