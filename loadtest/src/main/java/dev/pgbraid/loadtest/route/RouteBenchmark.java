package dev.pgbraid.loadtest.route;

import com.sun.management.ThreadMXBean;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.router.Router;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.parse.ParserPool;
import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.topology.Snapshot;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Measures the router alone, in one thread as an event loop has it.
public final class RouteBenchmark implements AutoCloseable {
    private static final int TEXTS = 512;
    private static final int HOSTILE_ROUNDS_MAX = 3;

    private static final int CACHED_NANOS_MAX = 1_000;
    private static final int BYTES_FREE = 100;
    private static final int NANOS_PER_BYTE_MAX = 4;
    private static final int LOOP_MILLIS_MAX = 5;
    private static final int WORKER_MILLIS_MAX = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ParserPool parsers = new ParserPool(1, TEXTS, Duration.ofMinutes(1));
    private final Snapshot snapshot = RoutedShop.snapshot();
    private final Perspective perspective = RoutedShop.perspective();
    private final Router router = new Router(snapshot, parsers, Runnable::run);

    private final int rounds;

    /// @param rounds of everything that is measured, of which the best one counts
    public RouteBenchmark(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public void close() {
        parsers.close();
    }

    /// What it takes to find the route of one statement of each shape.
    public Section typical() {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        TypicalStatements.byName().values().forEach(this::warmUp);
        TypicalStatements.byName().forEach((name, pattern) -> {
            byte[][] texts = TypicalStatements.texts(pattern, TEXTS);
            double firstMicros = firstSightNanos(texts) / 1_000;
            byte[][] same = new byte[TEXTS][];
            Arrays.fill(same, texts[0]);
            Cost shape = cached(texts);
            Cost text = cached(same);
            rows.add(List.of(
                    Value.text(name),
                    Value.text(where(texts[0])),
                    Value.number(shape.nanos(), 0),
                    Value.number(shape.bytes(), 0),
                    Value.number(text.nanos(), 0),
                    Value.number(text.bytes(), 0),
                    Value.number(firstMicros, 0)));
            aims.add(new Aim(name + ", ns", shape.nanos(), nanosMax(texts[0].length), 0));
            aims.add(new Aim(name + ", bytes", shape.bytes(), 0, 0));
        });
        return new Section(
                "typical",
                "Routing of one statement",
                List.of("statement", "runs", "shape ns", "shape B", "text ns", "text B", "first µs"),
                rows,
                aims,
                List.of(
                        "shape: other literals than before; text: the same text again; first: never seen before",
                        "ns and B of the event loop, the least of " + rounds + " rounds of " + TEXTS + " statements"));
    }

    /// Other shapes than the one that is measured have been seen before it, as on an event loop.
    private void warmUp(String pattern) {
        byte[][] texts = TypicalStatements.texts(pattern, TEXTS);
        router.read(texts[0], 0, texts[0].length, perspective).join();
        cached(texts);
    }

    private static int nanosMax(int bytes) {
        return CACHED_NANOS_MAX + NANOS_PER_BYTE_MAX * Math.max(0, bytes - BYTES_FREE);
    }

    /// How long texts that are made to take long hold up the event loop, and the thread that reads them.
    public Section hostile() {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        TypicalStatements.hostile().forEach((name, text) -> {
            Durations least = durations(text);
            rows.add(List.of(
                    Value.text(name),
                    Value.text(where(text)),
                    Value.number(least.loopNanos() / NANOS_PER_MILLI, 1),
                    Value.number(least.nanos() / NANOS_PER_MILLI, 1)));
            aims.add(new Aim(name + ", event loop ms", least.loopNanos() / NANOS_PER_MILLI, LOOP_MILLIS_MAX, 1));
            aims.add(new Aim(name + ", all ms", least.nanos() / NANOS_PER_MILLI, WORKER_MILLIS_MAX, 1));
        });
        return new Section(
                "hostile",
                "Routing of hostile texts at first sight",
                List.of("text", "runs", "event loop ms", "all ms"),
                rows,
                aims,
                List.of("the least of " + Math.min(rounds, HOSTILE_ROUNDS_MAX)
                        + " rounds; of the event loop, the CPU time before the text is handed over"));
    }

    /// What one statement takes of the event loop.
    private record Cost(double nanos, double bytes) {}

    private Cost cached(byte[][] texts) {
        double nanos = Double.MAX_VALUE;
        double bytes = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long before = System.nanoTime();
            int found = find(texts);
            nanos = Math.min(nanos, (double) (System.nanoTime() - before) / texts.length);
            bytes = Math.min(bytes, (double) (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / texts.length);
            if (found != texts.length) {
                throw new AssertionError(found + " of " + texts.length + " texts are known");
            }
        }
        // Reading the counter of bytes allocates a little.
        return new Cost(nanos, Math.floor(bytes));
    }

    private int find(byte[][] texts) {
        int found = 0;
        for (byte[] text : texts) {
            Routes routes = router.find(text, 0, text.length, perspective);
            found += routes == null ? 0 : routes.count();
        }
        return found;
    }

    private double firstSightNanos(byte[][] texts) {
        double nanos = Double.MAX_VALUE;
        for (int round = 0; round < Math.min(rounds, TEXTS); round++) {
            router.use(snapshot);
            byte[] text = texts[round];
            long before = System.nanoTime();
            router.find(text, 0, text.length, perspective);
            router.read(text, 0, text.length, perspective).join();
            nanos = Math.min(nanos, (double) (System.nanoTime() - before));
        }
        return nanos;
    }

    /// How long a text takes, on the event loop and all in all.
    private record Durations(long loopNanos, long nanos) {}

    private Durations durations(byte[] text) {
        long loopNanos = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        for (int round = 0; round < Math.min(rounds, HOSTILE_ROUNDS_MAX); round++) {
            router.use(snapshot);
            long before = System.nanoTime();
            long busyBefore = threads.getCurrentThreadCpuTime();
            router.find(text, 0, text.length, perspective);
            CompletableFuture<Routes> read = router.read(text, 0, text.length, perspective);
            loopNanos = Math.min(loopNanos, threads.getCurrentThreadCpuTime() - busyBefore);
            read.join();
            nanos = Math.min(nanos, System.nanoTime() - before);
        }
        return new Durations(loopNanos, nanos);
    }

    /// Where a text runs, in few words.
    private String where(byte[] text) {
        Routes found = router.find(text, 0, text.length, perspective);
        Routes routes =
                found == null ? router.read(text, 0, text.length, perspective).join() : found;
        Route route = routes.route(0);
        Explanation explanation = route.lastParameter() == 0
                ? route.explain(Parameters.NONE)
                : Explanation.of(route.description(), List.of(), List.of());
        return explanation.rung();
    }
}
