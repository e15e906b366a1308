package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.router.ShapeUse;

/// How one event loop has used a shape of statements of a database.
///
/// @param fingerprint tells the shape from all others of the process
/// @param text a statement of the shape, its literals hidden
/// @param plan how the last one has run
/// @param nanos how long clients have waited for answers
public record ShapeReport(String database, String fingerprint, String text, PlanKind plan, long calls, long nanos) {
    static ShapeReport of(String database, ShapeUse.Report use) {
        return new ShapeReport(
                database, use.fingerprint(), use.text(), Plans.kind(use.plan()), use.calls(), use.nanos());
    }

    /// Together with the use of the same shape by another event loop.
    public ShapeReport with(ShapeReport other) {
        return new ShapeReport(database, fingerprint, text, plan, calls + other.calls, nanos + other.nanos);
    }
}
