package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.load.ClosedLoop;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Latencies of many clients that share few connections.
public final class FairnessPart implements Part {
    private static final int CLIENTS = 500;
    private static final int WARM_UP_SECONDS = 3;
    private static final int SECONDS = 5;
    private static final double RATIO_AIM = 3;

    private final Bench bench;

    public FairnessPart(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public Section run() throws IOException, InterruptedException {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Proxy proxy : bench.proxies()) {
            bench.progress().accept(name() + ": " + proxy.name());
            ClosedLoop.Outcome outcome = measure(proxy);
            Histogram nanos = outcome.nanos();
            double ratio = (double) nanos.getValueAtPercentile(99) / nanos.getValueAtPercentile(50);
            rows.add(List.of(
                    Value.text(proxy.name()),
                    Value.number(outcome.result().transactionsPerSecond(), 0),
                    Value.number(Units.milliseconds(nanos.getValueAtPercentile(50)), 2),
                    Value.number(Units.milliseconds(nanos.getValueAtPercentile(99)), 2),
                    Value.number(Units.milliseconds(nanos.getMaxValue()), 2),
                    Value.number(ratio, 2),
                    Value.number(Collections.min(outcome.perClient()), 0),
                    Value.number(Collections.max(outcome.perClient()), 0)));
            if (proxy.isOurs()) {
                aims.add(new Aim("fairness, p99/p50", ratio, RATIO_AIM, 2));
            }
        }
        return new Section(
                name(),
                "Fairness: " + CLIENTS + " clients on " + Bench.POOL_SIZE + " connections",
                List.of(
                        "contender",
                        "tx/s",
                        "p50 ms",
                        "p99 ms",
                        "max ms",
                        "p99/p50",
                        "least tx of a client",
                        "most tx of a client"),
                rows,
                aims,
                List.of("Our own load generator, a virtual thread per client, simple mode, " + SECONDS + " s after "
                        + WARM_UP_SECONDS + " s to warm up. Nothing is pinned, threads as each product chooses."));
    }

    private ClosedLoop.Outcome measure(Proxy proxy) throws IOException, InterruptedException {
        try (RunningProxy running = bench.start(proxy, Bench.DEFAULT_THREADS)) {
            Endpoint endpoint = running.contender().endpoint();
            ClosedLoop.run(endpoint, Load.seconds(Mode.SIMPLE, CLIENTS, WARM_UP_SECONDS));
            return ClosedLoop.run(endpoint, Load.seconds(Mode.SIMPLE, CLIENTS, SECONDS));
        }
    }
}
