package dev.pgbraid.loadtest.soak;

import dev.pgbraid.loadtest.contender.Database;
import dev.pgbraid.loadtest.contender.Proxy;
import dev.pgbraid.loadtest.contender.ProxySettings;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.measure.Machine;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Report;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A run of many guests against a proxy of its own, and the report about it.
///
/// @param guests how many clients there are at a time
/// @param poolSize how many connections to the server they share, three at least
/// @param seed leads to the same guests doing the same, though not at the same moments
/// @param progress where it says what it is at
public record Soak(Proxy product, Duration duration, int guests, int poolSize, long seed, Consumer<String> progress) {
    /// Left to those who do not tie a backend.
    private static final int LOOSE = 2;

    private static final Duration WARM_UP_MAX = Duration.ofMinutes(1);
    private static final double MEGABYTE = 1_000_000;
    private static final double HEAP_GROWTH_MB = 8;
    private static final double RESIDENT_GROWTH_MB = 64;

    public Report run() throws IOException, InterruptedException {
        try (Database database = Database.startEmpty();
                Server server = new Server(database.endpoint())) {
            server.value(RowWork.TABLE);
            ProxySettings settings = new ProxySettings(database.endpoint(), database.verifier(), 0, poolSize);
            try (RunningProxy proxy = product.start(settings)) {
                proxy.awaitAnswer();
                Surroundings surroundings = new Surroundings(
                        proxy.contender().endpoint(),
                        server,
                        new Semaphore(poolSize - LOOSE, true),
                        new AtomicInteger());
                return run(database, proxy, surroundings);
            }
        }
    }

    private Report run(Database database, RunningProxy proxy, Surroundings surroundings)
            throws IOException, InterruptedException {
        Map<String, String> facts = facts(database);
        Crowd crowd = new Crowd(surroundings, guests, seed);
        Duration warmUp = duration.dividedBy(4);
        progress.accept("warming up");
        Ledger first = crowd.run(warmUp.compareTo(WARM_UP_MAX) < 0 ? warmUp : WARM_UP_MAX);
        Remains before = Remains.of(surroundings, proxy, poolSize);
        progress.accept(guests + " guests for " + duration.toSeconds() + " s");
        Ledger ledger = crowd.run(duration);
        progress.accept("looking at what is left");
        Remains after = Remains.of(surroundings, proxy, poolSize);
        proxy.process().requireAlive();
        List<String> failures = new ArrayList<>(first.failures());
        failures.addAll(ledger.failures());
        return new Report(facts, List.of(activities(ledger, failures), remains(before, after)));
    }

    /// Whether nothing was found that should not be.
    public static boolean isGood(Report report) {
        return report.sections().stream()
                .flatMap(section -> section.aims().stream())
                .allMatch(Aim::isMet);
    }

    private static Section activities(Ledger ledger, List<String> failures) {
        List<List<Value>> rows = new ArrayList<>();
        for (Activity activity : Activity.values()) {
            LongSummaryStatistics nanos = ledger.nanos(activity);
            rows.add(List.of(
                    Value.text(activity.label()),
                    Value.number((double) nanos.getCount(), 0),
                    nanos.getCount() == 0 ? Value.missing() : Value.number(nanos.getAverage() / MEGABYTE, 1),
                    nanos.getCount() == 0 ? Value.missing() : Value.number(nanos.getMax() / MEGABYTE, 1)));
        }
        List<String> notes = new ArrayList<>(failures);
        notes.add("Sessions that felt the end of an idle backend: " + ledger.timesFelt());
        return new Section(
                "activities",
                "What the guests have done",
                List.of("activity", "times", "mean ms", "max ms"),
                rows,
                List.of(new Aim("failures", failures.size(), 0, 0)),
                notes);
    }

    private static Section remains(Remains before, Remains after) {
        List<Aim> aims = List.of(
                new Aim("backends that are busy", after.busy(), 0, 0),
                new Aim("advisory locks", after.locks(), 0, 0),
                new Aim("temporary tables", after.tables(), 0, 0),
                new Aim("places of the pool that are lost", after.slots(), 0, 0),
                new Aim("sockets more than before", after.sockets() - before.sockets(), 0, 0),
                new Aim("errors in the log", after.errors(), 0, 0),
                new Aim("growth of the heap, MB", heapGrowth(before, after), HEAP_GROWTH_MB, 1),
                new Aim("growth of RSS, MB", growth(before, after), RESIDENT_GROWTH_MB, 1));
        return new Section(
                "remains",
                "What is left when they have gone",
                List.of("when", "RSS MB", "heap MB", "sockets"),
                List.of(row("before", before), row("after", after)),
                aims,
                List.of("'before' is after as many guests had warmed the proxy up."));
    }

    private static List<Value> row(String when, Remains remains) {
        return List.of(
                Value.text(when),
                Value.number(remains.memory().resident() / MEGABYTE, 1),
                remains.memory().heapUsed().isPresent()
                        ? Value.number(remains.memory().heapUsed().getAsLong() / MEGABYTE, 1)
                        : Value.missing(),
                Value.number(remains.sockets(), 0));
    }

    private static double growth(Remains before, Remains after) {
        return (after.memory().resident() - before.memory().resident()) / MEGABYTE;
    }

    private static double heapGrowth(Remains before, Remains after) {
        long used =
                after.memory().heapUsed().orElse(0) - before.memory().heapUsed().orElse(0);
        return used / MEGABYTE;
    }

    private Map<String, String> facts(Database database) throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", Machine.processors());
        facts.put("kernel", Machine.kernel());
        facts.put("load", Machine.load() + " at the beginning");
        facts.put("JDK", Machine.java());
        facts.put("server", database.version());
        facts.put(product.name(), product.version());
        facts.put("guests", guests + " on " + poolSize + " connections for " + duration.toSeconds() + " s");
        facts.put("seed", Long.toString(seed));
        return facts;
    }
}
