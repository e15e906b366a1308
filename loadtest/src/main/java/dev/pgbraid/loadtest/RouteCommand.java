package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.measure.Machine;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Report;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.TextReport;
import dev.pgbraid.loadtest.route.RouteBenchmark;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench route`: what it costs to find out where a statement runs.
@Command(
        name = "route",
        description = "Measures the routing of statements, without any server, and fails when a hostile text takes too"
                + " long.",
        mixinStandardHelpOptions = true)
final class RouteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rounds",
            defaultValue = "60",
            paramLabel = "N",
            description = "Rounds, of which the best counts (60).")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 1, is " + rounds);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processors", Machine.processors());
        facts.put("java", Machine.java());
        facts.put("load", Machine.load());
        try (RouteBenchmark benchmark = new RouteBenchmark(rounds)) {
            Section typical = benchmark.typical();
            Section hostile = benchmark.hostile();
            spec.commandLine().getOut().print(TextReport.render(new Report(facts, List.of(typical, hostile))));
            spec.commandLine().getOut().flush();
            return hostile.aims().stream().allMatch(Aim::isMet) ? 0 : 1;
        }
    }
}
