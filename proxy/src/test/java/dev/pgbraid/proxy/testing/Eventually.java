package dev.pgbraid.proxy.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what becomes true in a while, and fails when it does not.
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Eventually() {}

    /// Returns when the condition holds.
    ///
    /// @param what the condition in words, for the failure
    public static void isTrue(String what, BooleanSupplier condition) {
        isTrue(what, condition, () -> "");
    }

    /// Returns when the condition holds.
    ///
    /// @param found what there is instead, for the failure
    public static void isTrue(String what, BooleanSupplier condition, Supplier<String> found) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + " " + found.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
