package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.measure.Memory;
import dev.pgbraid.loadtest.measure.Spread;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// From the start of the command to the first answered query, and the memory it holds when nothing happens.
public final class StartPart implements Part {
    private static final int STARTS = 5;
    private static final int IDLE_SECONDS = 3;
    private static final double START_SECONDS_AIM = 1.0;
    private static final double RESIDENT_MB_AIM = 120;

    private final Bench bench;

    public StartPart(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Section run() throws IOException, InterruptedException {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Proxy proxy : bench.proxies()) {
            bench.progress().accept(name() + ": " + proxy.name());
            List<Double> seconds = new ArrayList<>();
            for (int i = 1; i < STARTS; i++) {
                startOnce(proxy, seconds).close();
            }
            try (RunningProxy last = startOnce(proxy, seconds)) {
                Thread.sleep(TimeUnit.SECONDS.toMillis(IDLE_SECONDS));
                Memory idle = Memory.of(last.pid());
                Spread start = Spread.of(seconds);
                rows.add(List.of(
                        Value.text(proxy.name()),
                        Value.range(start, 3),
                        Value.number(Units.megabytes(idle.resident()), 1),
                        Value.number(Units.megabytes(idle.proportional()), 1)));
                if (proxy.isOurs()) {
                    aims.add(new Aim("start to first answer, s", start.median(), START_SECONDS_AIM, 3));
                    aims.add(new Aim("idle RSS, MB", Units.megabytes(idle.resident()), RESIDENT_MB_AIM, 1));
                }
            }
        }
        return new Section(
                name(),
                "Start and idle memory",
                List.of("contender", "start s", "idle RSS MB", "idle PSS MB"),
                rows,
                aims,
                List.of("Start: from the command to the answer to a client's SELECT 1, of " + STARTS
                        + " starts; the client tries again every millisecond. Memory " + IDLE_SECONDS
                        + " s after it."));
    }

    private RunningProxy startOnce(Proxy proxy, List<Double> seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        RunningProxy running = bench.start(proxy, Bench.DEFAULT_THREADS);
        seconds.add((System.nanoTime() - start) / 1e9);
        return running;
    }
}
