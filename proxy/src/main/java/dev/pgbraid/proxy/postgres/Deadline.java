package dev.pgbraid.proxy.postgres;

import java.time.Duration;

/// The moment until which something may take.
final class Deadline {
    private final long nanoseconds;

    Deadline(Duration time) {
        nanoseconds = System.nanoTime() + time.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - nanoseconds > 0;
    }
}
