package dev.pgbraid.loadtest.measure;

import dev.pgbraid.loadtest.process.JavaProcess;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// The memory that a process needs, once it has come to rest.
///
/// @param resident bytes of RSS
/// @param heapUsed bytes of live objects, for a JVM that can be asked
public record Footprint(long resident, OptionalLong heapUsed) {
    private static final int READINGS_MAX = 40;
    private static final long INTERVAL_MILLIS = 250;
    private static final long STILL_BYTES = 64 * 1024;

    /// Reads when two readings in a row are the same but for a few pages. A JVM collects its garbage first.
    public static Footprint settled(long pid) throws IOException, InterruptedException {
        Optional<JavaProcess> java = JavaProcess.of(pid);
        awaitStill(pid);
        if (java.isEmpty()) {
            return new Footprint(Memory.of(pid).resident(), OptionalLong.empty());
        }
        java.get().collectGarbage();
        awaitStill(pid);
        return new Footprint(Memory.of(pid).resident(), java.get().heapUsed());
    }

    private static void awaitStill(long pid) throws IOException, InterruptedException {
        long last = Memory.of(pid).resident();
        for (int i = 0; i < READINGS_MAX; i++) {
            Thread.sleep(INTERVAL_MILLIS);
            long now = Memory.of(pid).resident();
            if (Math.abs(now - last) <= STILL_BYTES) {
                return;
            }
            last = now;
        }
    }
}
