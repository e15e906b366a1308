package dev.pgbraid.loadtest.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/// One guest from its coming to its going, on a thread of its own.
final class Visit implements Runnable {
    private static final int PAUSE_MILLIS_MAX = 30;
    private static final int PAST_MAX = 6;

    private final Surroundings surroundings;
    private final Ledger ledger;
    private final String tag;
    private final Random random;
    private final long endNanos;
    private boolean adrift = true;

    /// What came before, for whoever wants to know how it came to a failure.
    private final Deque<String> past = new ArrayDeque<>();

    /// What is under way, for the one who watches.
    private volatile Step step = new Step("come", System.nanoTime());

    private record Step(String name, long sinceNanos) {}

    Visit(Surroundings surroundings, Ledger ledger, String tag, long seed, long endNanos) {
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.tag = tag;
        this.random = new Random(seed);
        this.endNanos = endNanos;
    }

    @Override
    public void run() {
        try (Guest guest = new Guest(surroundings, tag, random)) {
            while (System.nanoTime() < endNanos && !ledger.isHopeless()) {
                takeStep(guest);
                guest.pause(PAUSE_MILLIS_MAX);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException refused) {
            ledger.failed(tag + " was not let in: " + refused);
        } finally {
            step = new Step("gone", Long.MAX_VALUE);
        }
    }

    private void takeStep(Guest guest) throws InterruptedException {
        Activity activity = Activity.any(random);
        String name = adrift ? "recover" : activity.label();
        long start = System.nanoTime();
        step = new Step(name, start);
        try {
            if (adrift) {
                guest.recover();
                adrift = false;
            } else {
                activity.run(guest);
                ledger.done(activity, System.nanoTime() - start);
            }
        } catch (RuntimeException failed) {
            adrift = true;
            if (failed instanceof SessionEnded end && surroundings.explains(end)) {
                ledger.felt();
            } else if (!Thread.currentThread().isInterrupted()) {
                ledger.failed(tag + ", " + name + " after " + past + ": " + failed.getMessage());
            }
        }
        past.addLast(name);
        if (past.size() > PAST_MAX) {
            past.removeFirst();
        }
    }

    /// Whether the guest has waited longer than that for one thing; says so then.
    boolean hangs(Duration limit) {
        Step now = step;
        boolean hangs = System.nanoTime() - now.sinceNanos > limit.toNanos();
        if (hangs) {
            ledger.failed(tag + ", " + now.name + ": hangs");
        }
        return hangs;
    }
}
