package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.contender.Database;
import dev.pgbraid.loadtest.contender.Pgbraid;
import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.measure.Machine;
import dev.pgbraid.loadtest.part.Bench;
import dev.pgbraid.loadtest.part.FairnessPart;
import dev.pgbraid.loadtest.part.IdlePart;
import dev.pgbraid.loadtest.part.MemoryPart;
import dev.pgbraid.loadtest.part.Part;
import dev.pgbraid.loadtest.part.StartPart;
import dev.pgbraid.loadtest.part.ThroughputPart;
import dev.pgbraid.loadtest.part.ThroughputPlan;
import dev.pgbraid.loadtest.report.Report;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs the parts one after the other and prints each as soon as it is done.
final class RelayBenchmark {
    private static final List<Integer> PARALLEL_CLIENTS = List.of(16, 64);

    private final RelayPlan plan;
    private final Tools tools;
    private final PrintWriter out;
    private final List<Proxy> proxies;

    RelayBenchmark(RelayPlan plan, Tools tools, PrintWriter out) {
        this.plan = plan;
        this.tools = tools;
        this.out = out;
        this.proxies = Stream.<Proxy>concat(
                        tools.pgBouncer().stream(),
                        plan.pgbraid().stream().map(launcher -> new Pgbraid(launcher, plan.transport())))
                .toList();
    }

    Report run() throws IOException, InterruptedException {
        try (Database database = Database.start()) {
            Map<String, String> facts = facts(database);
            out.print(TextReport.render(new Report(facts, List.of())));
            tools.notes().forEach(out::println);
            if (plan.pgbraid().isEmpty()) {
                out.println("No launcher is known: pgbraid itself is not measured (see --pgbraid).");
            }
            Bench bench =
                    new Bench(database, proxies, tools.generator(), tools.placement(), tools.syscalls(), out::println);
            List<Section> sections = new ArrayList<>();
            for (RelayPlan.PartName name : RelayPlan.PartName.values()) {
                if (plan.parts().contains(name)) {
                    Section section = part(name, bench).run();
                    out.print(TextReport.render(section));
                    out.flush();
                    sections.add(section);
                }
            }
            return new Report(facts, sections);
        }
    }

    private Part part(RelayPlan.PartName name, Bench bench) {
        return switch (name) {
            case THROUGHPUT -> new ThroughputPart(bench, onOneCpu());
            case PARALLEL -> new ThroughputPart(bench, onAllCpus());
            case START -> new StartPart(bench);
            case IDLE -> new IdlePart(bench);
            case FAIRNESS -> new FairnessPart(bench);
            case MEMORY -> new MemoryPart(bench);
        };
    }

    private ThroughputPlan onOneCpu() {
        return new ThroughputPlan(
                "throughput",
                "Relay on one CPU, which proxy, server and clients share",
                plan.clients(),
                plan.modes(),
                plan.seconds(),
                plan.rounds(),
                plan.threads(),
                tools.placement().oneCpu(),
                true);
    }

    private ThroughputPlan onAllCpus() {
        return new ThroughputPlan(
                "parallel",
                "Relay on all CPUs, threads as each product chooses",
                PARALLEL_CLIENTS,
                plan.modes(),
                plan.seconds(),
                plan.rounds(),
                0,
                tools.placement().allCpus(),
                false);
    }

    private Map<String, String> facts(Database database) throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", Machine.processors());
        facts.put("kernel", Machine.kernel());
        facts.put("load", Machine.load() + " before the first part");
        facts.put("JDK", Machine.java());
        facts.put("server", database.version());
        facts.put("load from", tools.generator().name());
        for (Proxy proxy : proxies) {
            facts.put(proxy.name(), proxy.version());
        }
        return facts;
    }
}
