package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays out comparisons as a section of the report.
final class ThroughputTable {
    private static final List<String> COLUMNS = List.of(
            "clients",
            "mode",
            "contender",
            "tx/s",
            "of direct",
            "CPU us/tx",
            "of pgbouncer",
            "JIT us/tx",
            "syscalls/tx");
    private static final int AIMED_CLIENTS_MIN = 16;

    private ThroughputTable() {}

    static Section section(ThroughputPlan plan, List<Comparison> comparisons, Optional<String> transport) {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            comparison.series().forEach(series -> rows.add(row(comparison, series)));
            transport
                    .filter(name -> plan.aimed())
                    .flatMap(name -> aim(comparison, CpuAims.of(name)))
                    .ifPresent(aims::add);
        }
        return new Section(plan.name(), plan.title(), COLUMNS, rows, aims, notes(plan, transport));
    }

    private static List<String> notes(ThroughputPlan plan, Optional<String> transport) {
        List<String> notes = new ArrayList<>();
        notes.add("Median (least–greatest) of " + plan.rounds() + " rounds of " + plan.seconds() + " s on CPU "
                + plan.cpus() + "; what connecting costs is taken off.");
        notes.add("CPU us/tx is that of all threads but a JVM's compilers, which have a column of their own.");
        transport.ifPresent(name -> notes.add("pgbraid uses " + name + "."));
        return notes;
    }

    private static List<Value> row(Comparison comparison, Series series) {
        boolean isProxy = series.contender().pid().isPresent();
        Optional<Series> pgBouncer = comparison.of("pgbouncer").filter(reference -> isProxy);
        return List.of(
                Value.number(comparison.clients(), 0),
                Value.text(comparison.mode().label()),
                Value.text(series.contender().name()),
                Value.range(series.throughput(), 0),
                comparison
                        .of("direct")
                        .map(direct -> Value.range(series.throughputRatio(direct), 2))
                        .orElse(Value.missing()),
                isProxy ? Value.range(series.cpuMicros(), 1) : Value.missing(),
                pgBouncer
                        .map(reference -> Value.range(series.cpuRatio(reference), 2))
                        .orElse(Value.missing()),
                isProxy ? Value.number(series.compilerMicros().median(), 1) : Value.missing(),
                series.syscalls().isPresent() ? Value.number(series.syscalls().getAsDouble(), 2) : Value.missing());
    }

    private static Optional<Aim> aim(Comparison comparison, CpuAims limits) {
        Optional<Series> pgbraid = comparison.of("pgbraid");
        Optional<Series> pgBouncer = comparison.of("pgbouncer");
        if (comparison.clients() < AIMED_CLIENTS_MIN || pgbraid.isEmpty() || pgBouncer.isEmpty()) {
            return Optional.empty();
        }
        double ratio = pgbraid.get().cpuRatio(pgBouncer.get()).median();
        String subject = "CPU per transaction against PgBouncer, " + comparison.clients() + " clients, "
                + comparison.mode().label();
        return switch (comparison.mode()) {
            case SIMPLE -> Optional.of(new Aim(subject, ratio, limits.simple(), 2));
            case PREPARED -> Optional.of(new Aim(subject, ratio, limits.prepared(), 2));
            case EXTENDED -> Optional.empty();
        };
    }
}
