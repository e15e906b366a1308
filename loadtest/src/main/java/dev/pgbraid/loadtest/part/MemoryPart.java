package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.measure.Footprint;
import dev.pgbraid.loadtest.measure.Memory;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.loadtest.wire.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Whether memory depends on the size of what passes through: 100 MB against 10 MB of the same.
public final class MemoryPart implements Part {
    private static final int SMALL_BYTES = 10_000_000;
    private static final int LARGE_BYTES = 100_000_000;
    private static final double GROWTH_MB_AIM = 2;

    /// Compiling takes memory too: fewer transfers, and it would count as growth.
    private static final int WARM_UPS = 40;

    private final Bench bench;

    public MemoryPart(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Section run() throws IOException, InterruptedException {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Proxy proxy : bench.proxies()) {
            for (BulkTransfer transfer : BulkTransfer.values()) {
                bench.progress().accept(name() + ": " + proxy.name() + ", " + transfer.label());
                try (RunningProxy running = bench.start(proxy, Bench.DEFAULT_THREADS)) {
                    measure(proxy, transfer, running, rows, aims);
                }
            }
        }
        return new Section(
                name(),
                "Memory while much passes through",
                List.of("contender", "transfer", "idle MB", "peak at 10 MB", "peak at 100 MB", "growth MB"),
                rows,
                aims,
                List.of(
                        "Peak RSS (VmHWM) during one transfer; growth is the peak at 100 MB less the one at 10 MB.",
                        "A JVM has carried " + WARM_UPS + " transfers of 10 MB before. The pipeline's reader stalls,"
                                + " then reads slowly."));
    }

    private static void measure(
            Proxy proxy, BulkTransfer transfer, RunningProxy running, List<List<Value>> rows, List<Aim> aims)
            throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UPS && proxy.warmUpLoadsMax() > 0; i++) {
            peak(running, transfer, SMALL_BYTES);
        }
        long idle = Footprint.settled(running.pid()).resident();
        long small = peak(running, transfer, SMALL_BYTES);
        long large = peak(running, transfer, LARGE_BYTES);
        double growth = Units.megabytes(large - small);
        rows.add(List.of(
                Value.text(proxy.name()),
                Value.text(transfer.label()),
                Value.number(Units.megabytes(idle), 1),
                Value.number(Units.megabytes(small), 1),
                Value.number(Units.megabytes(large), 1),
                Value.number(growth, 1)));
        if (proxy.isOurs()) {
            aims.add(new Aim("growth with a " + transfer.label() + " of 100 MB, MB", growth, GROWTH_MB_AIM, 1));
        }
    }

    private static long peak(RunningProxy running, BulkTransfer transfer, int bytes)
            throws IOException, InterruptedException {
        try (Connection connection = Connection.open(running.contender().endpoint())) {
            Memory.resetPeak(running.pid());
            transfer.run(connection, bytes);
            return Memory.peak(running.pid());
        }
    }
}
