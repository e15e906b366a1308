package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.load.TransactionLog;
import dev.pgbraid.loadtest.process.Command;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Latencies of many clients that share few connections.
public final class FairnessPart implements Part {
    private static final int CLIENTS = 500;
    private static final int SECONDS = 12;
    private static final int SKIPPED_SECONDS = 2;
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
            TransactionLog log = measure(proxy);
            double ratio = log.percentile(99) / log.percentile(50);
            rows.add(row(proxy, log, ratio));
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
                List.of("Simple mode. The load lasts " + SECONDS + " s, logging in included; the first "
                        + SKIPPED_SECONDS
                        + " s after that do not count. Nothing is pinned, threads as each product chooses."));
    }

    private static List<Value> row(Proxy proxy, TransactionLog log, double ratio) {
        int[] perClient = log.perClient();
        return List.of(
                Value.text(proxy.name()),
                Value.number(log.transactionsPerSecond(), 0),
                Value.number(log.percentile(50), 2),
                Value.number(log.percentile(99), 2),
                Value.number(log.percentile(100), 2),
                Value.number(ratio, 2),
                Value.number(perClient[0], 0),
                Value.number(perClient[perClient.length - 1], 0));
    }

    private TransactionLog measure(Proxy proxy) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pgbraid-bench-log-");
        try (RunningProxy running = bench.start(proxy, Bench.DEFAULT_THREADS)) {
            new WarmUp(bench, name()).run(proxy, running, Mode.SIMPLE, CLIENTS);
            Endpoint endpoint = running.contender().endpoint();
            Command.run(
                    bench.generator().logging(directory).command(endpoint, Load.seconds(Mode.SIMPLE, CLIENTS, SECONDS)),
                    TrialRunner.environment(running.contender()));
            TransactionLog log = TransactionLog.read(directory).after(SKIPPED_SECONDS);
            if (log.entries().isEmpty()) {
                throw new BenchmarkException(
                        proxy.name() + ": " + CLIENTS + " clients took all of " + SECONDS + " s to log in");
            }
            return log;
        } finally {
            Proxy.deleteDirectory(directory);
        }
    }
}
