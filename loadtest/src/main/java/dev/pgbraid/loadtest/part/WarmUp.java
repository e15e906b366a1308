package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.Mode;
import java.io.IOException;

/// Loads a proxy that compiles what it runs until there is hardly anything left to compile.
final class WarmUp {
    private static final int TRANSACTIONS = 10_000;
    private static final double COMPILER_SHARE_MAX = 0.02;

    private final Bench bench;
    private final String part;

    WarmUp(Bench bench, String part) {
        this.bench = bench;
        this.part = part;
    }

    void run(Proxy proxy, RunningProxy running, Mode mode, int clients) throws IOException, InterruptedException {
        Load load = Load.transactionsPerClient(mode, clients, Math.max(1, TRANSACTIONS / clients));
        TrialRunner unpinned = new TrialRunner(bench, bench.placement().allCpus());
        int loads = 0;
        boolean isWarm = false;
        while (!isWarm && loads < proxy.warmUpLoadsMax()) {
            Trial trial = unpinned.run(running.contender(), load);
            isWarm = trial.compilerNanos() < COMPILER_SHARE_MAX * trial.cpuNanos();
            loads++;
        }
        if (loads > 0) {
            bench.progress()
                    .accept(part + ": warmed up " + proxy.name() + " " + loads + " times"
                            + (isWarm ? "" : "; it still compiles"));
        }
    }
}
