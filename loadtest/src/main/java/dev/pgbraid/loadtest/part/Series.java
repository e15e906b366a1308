package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Contender;
import dev.pgbraid.loadtest.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The rounds of one contender under one load.
final class Series {
    private final Contender contender;
    private final Trial logins;
    private final List<Trial> rounds = new ArrayList<>();
    private OptionalDouble syscalls = OptionalDouble.empty();

    /// Begins with a run of one transaction per client: what connecting costs, to be taken off the rounds.
    Series(Contender contender, Trial logins) {
        this.contender = contender;
        this.logins = logins;
    }

    void addRound(Trial trial) {
        rounds.add(trial);
    }

    void setSyscalls(double perTransaction) {
        syscalls = OptionalDouble.of(perTransaction);
    }

    Contender contender() {
        return contender;
    }

    /// System calls of the proxy per transaction, where they were counted.
    OptionalDouble syscalls() {
        return syscalls;
    }

    Spread throughput() {
        return over(this::throughput);
    }

    /// Throughput as a fraction of what `reference` did in the same round.
    Spread throughputRatio(Series reference) {
        return over(round -> throughput(round) / reference.throughput(round));
    }

    /// Microseconds of the proxy's CPU time per transaction, its compilers apart.
    Spread cpuMicros() {
        return over(this::cpuMicros);
    }

    Spread cpuRatio(Series reference) {
        return over(round -> cpuMicros(round) / reference.cpuMicros(round));
    }

    /// What compiling took beside [#cpuMicros()].
    Spread compilerMicros() {
        return over(round -> rounds.get(round).compilerNanos()
                / 1000.0
                / rounds.get(round).load().transactions());
    }

    private double throughput(int round) {
        return rounds.get(round).load().transactionsPerSecond();
    }

    private double cpuMicros(int round) {
        Trial trial = rounds.get(round);
        long transactions = trial.load().transactions() - logins.load().transactions();
        return (trial.cpuNanos() - logins.cpuNanos()) / 1000.0 / transactions;
    }

    private Spread over(IntToDoubleFunction measure) {
        return Spread.of(
                IntStream.range(0, rounds.size()).mapToDouble(measure).boxed().toList());
    }
}
