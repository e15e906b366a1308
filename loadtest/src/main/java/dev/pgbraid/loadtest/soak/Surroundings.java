package dev.pgbraid.loadtest.soak;

import dev.pgbraid.loadtest.wire.Endpoint;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// What all guests have in common.
///
/// @param proxy where guests connect
/// @param ties how many guests may keep a backend to themselves, so that some are left for the others
/// @param felt how many ends of idle backends may yet be felt by somebody
record Surroundings(Endpoint proxy, Server server, Semaphore ties, AtomicInteger felt) {

    /// What ties a session to its backend, and lets go of it in the end.
    @FunctionalInterface
    interface Tying {
        void run() throws InterruptedException;
    }

    /// Does it when there are backends enough for the others.
    void tied(Tying tying) throws InterruptedException {
        ties.acquire();
        try {
            tying.run();
        } finally {
            ties.release();
        }
    }

    /// Ends an idle backend, which may be felt by one guest.
    void endIdleBackend() {
        felt.incrementAndGet();
        if (!server.terminateIdle()) {
            felt.decrementAndGet();
        }
    }

    /// Whether the end of a session can have come from the end of an idle backend.
    boolean explains(SessionEnded end) {
        boolean fits = end.sqlState().equals("57P01") || end.sqlState().equals("08006");
        return fits && felt.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
