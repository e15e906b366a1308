package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Contender;
import dev.pgbraid.loadtest.contender.RunningProxies;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.measure.OpenFiles;
import dev.pgbraid.loadtest.process.SyscallCounter;
import dev.pgbraid.loadtest.report.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Throughput, CPU time and system calls per transaction, round by round: direct, then each proxy, and again.
public final class ThroughputPart implements Part {
    private static final int COUNTED_TRANSACTIONS = 4_000;
    private static final int COUNTED_PER_CLIENT_MIN = 100;

    private final Bench bench;
    private final ThroughputPlan plan;
    private final TrialRunner runner;

    public ThroughputPart(Bench bench, ThroughputPlan plan) {
        this.bench = bench;
        this.plan = plan;
        this.runner = new TrialRunner(bench, plan.cpus());
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public Section run() throws IOException, InterruptedException {
        try (RunningProxies running = bench.startAll(plan.threads())) {
            List<Contender> contenders = new ArrayList<>();
            contenders.add(new Contender(
                    "direct", bench.database().endpoint(), OptionalLong.empty(), EnumSet.allOf(Mode.class)));
            running.all().forEach(proxy -> contenders.add(proxy.contender()));
            List<Comparison> comparisons = new ArrayList<>();
            for (int clients : plan.clients()) {
                for (Mode mode : plan.modes()) {
                    warmUp(running, mode, clients);
                    comparisons.add(compare(contenders, mode, clients));
                }
            }
            return ThroughputTable.section(plan, comparisons, transport(running));
        }
    }

    private Optional<String> transport(RunningProxies running) throws IOException {
        Optional<Contender> pgbraid = running.named("pgbraid");
        return pgbraid.isEmpty()
                ? Optional.empty()
                : Optional.of(OpenFiles.transport(pgbraid.get().pid().orElseThrow()));
    }

    private Stream<ProcessHandle> processes(RunningProxies running) {
        return Stream.concat(
                Stream.of(bench.database().process()),
                running.all().stream().flatMap(proxy -> ProcessHandle.of(proxy.pid()).stream()));
    }

    private void warmUp(RunningProxies running, Mode mode, int clients) throws IOException, InterruptedException {
        bench.progress().accept(name() + ": " + clients + " clients, " + mode.label());
        // On all CPUs, so that a compiler does not have to share one with what it compiles.
        bench.placement().move(processes(running), bench.placement().allCpus());
        WarmUp warmUp = new WarmUp(bench, name());
        for (int i = 0; i < running.all().size(); i++) {
            warmUp.run(bench.proxies().get(i), running.all().get(i), mode, clients);
        }
        bench.placement().move(processes(running), plan.cpus());
    }

    private Comparison compare(List<Contender> contenders, Mode mode, int clients)
            throws IOException, InterruptedException {
        Load logins = Load.transactionsPerClient(mode, clients, 1);
        Load load = Load.seconds(mode, clients, plan.seconds());
        List<Series> all = new ArrayList<>();
        for (Contender contender : contenders) {
            if (contender.modes().contains(mode)) {
                all.add(new Series(contender, runner.run(contender, logins)));
            }
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Series series : all) {
                series.addRound(runner.run(series.contender(), load));
            }
        }
        if (bench.syscalls().isPresent()) {
            countSyscalls(bench.syscalls().get(), all, logins);
        }
        return new Comparison(mode, clients, all);
    }

    private void countSyscalls(SyscallCounter counter, List<Series> all, Load logins)
            throws IOException, InterruptedException {
        int perClient = Math.max(COUNTED_PER_CLIENT_MIN, COUNTED_TRANSACTIONS / logins.clients());
        Load load = Load.transactionsPerClient(logins.mode(), logins.clients(), perClient);
        for (Series series : all) {
            if (series.contender().pid().isPresent()) {
                series.setSyscalls(runner.syscallsPerTransaction(counter, series.contender(), logins, load));
            }
        }
    }
}
