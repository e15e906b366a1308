package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.client.ShapeReport;
import dev.pgbraid.proxy.console.Column;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Shows what statements of databases with several shards cost, by their shapes. Those of one shard are not read.
final class PlanTables {
    private static final int SHOWN_MAX = 100;
    /// An event loop may have little of what is much in all.
    private static final int ASKED_MAX = 10 * SHOWN_MAX;

    private static final int NANOS_PER_MICRO = 1000;
    private static final List<Column> PLANS =
            ConsoleTable.columns("database", "fingerprint", "plan", "#calls", "#total_time", "#avg_time", "statement");

    private final ProxyView proxy;

    PlanTables(ProxyView proxy) {
        this.proxy = proxy;
    }

    List<Command> commands() {
        return List.of(Command.show("PLANS", PLANS, this::plans));
    }

    private record Shape(String database, String fingerprint) {}

    private void plans(ConsoleTable table) {
        Map<Shape, ShapeReport> shapes = ProxyView.await(proxy.survey().hottestShapes(ASKED_MAX)).stream()
                .collect(Collectors.toMap(
                        report -> new Shape(report.database(), report.fingerprint()),
                        report -> report,
                        ShapeReport::with));
        shapes.values().stream()
                .sorted(Comparator.comparingLong(ShapeReport::nanos).reversed())
                .limit(SHOWN_MAX)
                .forEach(shape -> table.add(
                        shape.database(),
                        shape.fingerprint(),
                        shape.plan().label(),
                        shape.calls(),
                        shape.nanos() / NANOS_PER_MICRO,
                        shape.nanos() / shape.calls() / NANOS_PER_MICRO,
                        shape.text()));
    }
}
