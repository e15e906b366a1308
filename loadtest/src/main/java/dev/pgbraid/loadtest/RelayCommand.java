package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.report.JsonReport;
import dev.pgbraid.loadtest.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench relay`: what it costs to have the proxy in the way.
@Command(
        name = "relay",
        description = "Compares pgbraid with PgBouncer and with no proxy: throughput, CPU time and system calls per"
                + " transaction, start, memory, fairness.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RelayCommand implements Callable<Integer> {
    private static final Set<String> TRANSPORTS = Set.of("auto", "io_uring", "epoll", "nio");

    private final String searchPath;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--quick",
            description = "Only throughput, at 16 clients, 2 rounds of 1 s: the CPU time per transaction.")
    private boolean quick;

    @Option(
            names = "--parts",
            split = ",",
            description = "Of: throughput, parallel, start, idle, fairness, memory. Without it: all.")
    private List<RelayPlan.PartName> parts = List.of();

    @Option(names = "--seconds", paramLabel = "N", description = "Seconds of each load (2).")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each load (3).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--clients", split = ",", paramLabel = "N", description = "Numbers of clients (1,16,64).")
    private List<Integer> clients = List.of();

    @Option(names = "--modes", split = ",", paramLabel = "MODE", description = "Of: simple, extended, prepared (all).")
    private List<Mode> modes = List.of(Mode.values());

    @Option(
            names = "--transport",
            defaultValue = "auto",
            description = "What pgbraid uses: auto, io_uring, epoll or nio (auto).")
    private String transport = "";

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Threads of pgbraid in the part throughput (1, as PgBouncer has).")
    private int threads;

    @Option(
            names = "--pgbraid",
            defaultValue = "${sys:pgbraid.launcher}",
            paramLabel = "PATH",
            description = "The launcher of the pgbraid to measure (this one).")
    private Optional<Path> pgbraid = Optional.empty();

    @Option(names = "--pgbouncer", paramLabel = "PATH", description = "The PgBouncer to compare with (from PATH).")
    private Optional<Path> pgBouncer = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as well, as JSON.")
    private Optional<Path> json = Optional.empty();

    RelayCommand(String searchPath) {
        this.searchPath = searchPath;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Interruptible.finish(this::run);
    }

    private int run() throws IOException, InterruptedException {
        Tools tools = Tools.find(searchPath, pgBouncer);
        Report report = new RelayBenchmark(plan(), tools, spec.commandLine().getOut()).run();
        if (json.isPresent()) {
            Files.writeString(json.get(), JsonReport.render(report));
        }
        return 0;
    }

    private RelayPlan plan() {
        if (!TRANSPORTS.contains(transport)) {
            throw new ParameterException(spec.commandLine(), "--transport must be one of " + TRANSPORTS);
        }
        Set<RelayPlan.PartName> chosen = quick && parts.isEmpty()
                ? EnumSet.of(RelayPlan.PartName.THROUGHPUT)
                : parts.isEmpty() ? EnumSet.allOf(RelayPlan.PartName.class) : EnumSet.copyOf(parts);
        List<Integer> clientCounts = clients.isEmpty() ? (quick ? List.of(16) : List.of(1, 16, 64)) : clients;
        return new RelayPlan(
                chosen,
                clientCounts,
                modes,
                positive("--seconds", seconds.orElse(quick ? 1 : 2)),
                positive("--rounds", rounds.orElse(quick ? 2 : 3)),
                threads,
                transport,
                pgbraid);
    }

    private int positive(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, is " + value);
        }
        return value;
    }
}
