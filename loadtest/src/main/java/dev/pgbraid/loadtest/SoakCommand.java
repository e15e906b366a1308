package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.contender.Pgbraid;
import dev.pgbraid.loadtest.report.JsonReport;
import dev.pgbraid.loadtest.report.Report;
import dev.pgbraid.loadtest.report.TextReport;
import dev.pgbraid.loadtest.soak.Soak;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench soak`: whether the proxy bears everything at once, for long.
@Command(
        name = "soak",
        description = "Lets clients do everything at once through pgbraid, checks every answer, and looks at what is"
                + " left when they have gone. The status is 1 when something is wrong.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
    private static final int POOL_SIZE_MIN = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--minutes", defaultValue = "1", paramLabel = "N", description = "How long (1); 0.5 will do, too.")
    private double minutes;

    @Option(names = "--clients", defaultValue = "32", paramLabel = "N", description = "Clients at a time (32).")
    private int clients;

    @Option(names = "--pool", defaultValue = "8", paramLabel = "N", description = "Connections to the server (8).")
    private int poolSize;

    @Option(names = "--seed", paramLabel = "N", description = "What leads to the choices of the clients (random).")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--transport",
            defaultValue = "auto",
            description = "What pgbraid uses: auto, io_uring, epoll or nio (auto).")
    private String transport = "";

    @Option(
            names = "--pgbraid",
            defaultValue = "${sys:pgbraid.launcher}",
            paramLabel = "PATH",
            description = "The launcher of the pgbraid to try (this one).")
    private Optional<Path> pgbraid = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as well, as JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Interruptible.finish(this::run);
    }

    private int run() throws IOException, InterruptedException {
        Path launcher = pgbraid.orElseThrow(() -> refused("no launcher is known: --pgbraid is needed"));
        if (minutes <= 0 || clients < 1 || poolSize < POOL_SIZE_MIN) {
            throw refused("--minutes and --clients must be above 0, --pool at least " + POOL_SIZE_MIN);
        }
        Soak soak = new Soak(
                new Pgbraid(launcher, transport),
                Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis())),
                clients,
                poolSize,
                seed.orElseGet(() -> ThreadLocalRandom.current().nextLong()),
                this::say);
        Report report = soak.run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextReport.render(report));
        out.flush();
        if (json.isPresent()) {
            Files.writeString(json.get(), JsonReport.render(report));
        }
        return Soak.isGood(report) ? 0 : 1;
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private void say(String progress) {
        spec.commandLine().getErr().println(progress);
        spec.commandLine().getErr().flush();
    }
}
