package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.measure.Footprint;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Memory of a proxy per client that is connected and does nothing.
public final class IdlePart implements Part {
    private static final List<Integer> SIZES = List.of(1_000, 10_000);

    /// Enough for a JVM to have compiled what a login needs, which takes memory too.
    private static final int WARM_UP_CLIENTS = 3_000;
    private static final double BYTES_AIM = 8_000;

    private final Bench bench;

    public IdlePart(Bench bench) {
        this.bench = bench;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Section run() throws IOException, InterruptedException {
        List<List<Value>> rows = new ArrayList<>();
        List<Aim> aims = new ArrayList<>();
        for (Proxy proxy : bench.proxies()) {
            try (RunningProxy running = bench.start(proxy, Bench.DEFAULT_THREADS)) {
                measure(proxy, running, rows, aims);
            }
        }
        return new Section(
                name(),
                "Idle clients",
                List.of("contender", "clients", "RSS before MB", "RSS MB", "bytes/client", "heap bytes/client"),
                rows,
                aims,
                List.of(
                        "Every client has logged in and run one statement. RSS is read when it stands still, a JVM's",
                        "after a garbage collection; 'before' is with no client, after " + WARM_UP_CLIENTS
                                + " had come and gone, few at a time."));
    }

    private void measure(Proxy proxy, RunningProxy running, List<List<Value>> rows, List<Aim> aims)
            throws IOException, InterruptedException {
        Endpoint endpoint = running.contender().endpoint();
        try (IdleClients clients = new IdleClients(endpoint)) {
            clients.pass(WARM_UP_CLIENTS);
            Footprint before = Footprint.settled(running.pid());
            for (int size : SIZES) {
                bench.progress().accept(name() + ": " + proxy.name() + ", " + size + " clients");
                clients.growTo(size);
                Footprint with = Footprint.settled(running.pid());
                double bytes = (double) (with.resident() - before.resident()) / size;
                rows.add(List.of(
                        Value.text(proxy.name()),
                        Value.number(size, 0),
                        Value.number(Units.megabytes(before.resident()), 1),
                        Value.number(Units.megabytes(with.resident()), 1),
                        Value.number(bytes, 0),
                        with.heapUsed().isPresent() && before.heapUsed().isPresent()
                                ? Value.number(
                                        (double) (with.heapUsed().getAsLong()
                                                        - before.heapUsed().getAsLong())
                                                / size,
                                        0)
                                : Value.missing()));
                if (proxy.isOurs()) {
                    aims.add(new Aim("bytes per idle client, " + size + " clients", bytes, BYTES_AIM, 0));
                }
            }
        } catch (BenchmarkException failed) {
            throw new BenchmarkException(proxy.name() + ": " + failed.getMessage(), failed);
        }
    }
}
