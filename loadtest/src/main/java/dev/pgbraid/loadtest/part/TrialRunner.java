package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.contender.Contender;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.LoadResult;
import dev.pgbraid.loadtest.measure.CpuTimes;
import dev.pgbraid.loadtest.process.Command;
import dev.pgbraid.loadtest.process.SyscallCounter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs loads as processes of their own, on given CPUs, and reads the proxy's counters around them.
final class TrialRunner {
    private final Bench bench;
    private final String cpus;

    TrialRunner(Bench bench, String cpus) {
        this.bench = bench;
        this.cpus = cpus;
    }

    Trial run(Contender contender, Load load) throws IOException, InterruptedException {
        if (contender.pid().isEmpty()) {
            return new Trial(execute(contender, load), 0, 0);
        }
        long pid = contender.pid().getAsLong();
        CpuTimes before = CpuTimes.of(pid);
        LoadResult result = execute(contender, load);
        CpuTimes after = CpuTimes.of(pid);
        long compilerNanos = after.compilerNanosSince(before);
        return new Trial(result, after.nanosSince(before) - compilerNanos, compilerNanos);
    }

    /// The system calls of the proxy per transaction: those of `load` less those of `logins`.
    double syscallsPerTransaction(SyscallCounter counter, Contender contender, Load logins, Load load)
            throws IOException, InterruptedException {
        long pid = contender.pid().orElseThrow();
        SyscallCounter.Count few = counter.count(pid, command(contender, logins), environment(contender));
        SyscallCounter.Count many = counter.count(pid, command(contender, load), environment(contender));
        long transactions = LoadResult.parse(many.output()).transactions()
                - LoadResult.parse(few.output()).transactions();
        return (double) (many.calls() - few.calls()) / transactions;
    }

    private LoadResult execute(Contender contender, Load load) throws InterruptedException {
        try {
            return LoadResult.parse(Command.run(command(contender, load), environment(contender)));
        } catch (BenchmarkException failed) {
            throw new BenchmarkException(contender.name() + ": " + failed.getMessage(), failed);
        }
    }

    private List<String> command(Contender contender, Load load) {
        List<String> command = new ArrayList<>(bench.placement().prefix(cpus));
        command.addAll(bench.generator().command(contender.endpoint(), load));
        return command;
    }

    static Map<String, String> environment(Contender contender) {
        return Map.of("PGPASSWORD", contender.endpoint().login().password());
    }
}
