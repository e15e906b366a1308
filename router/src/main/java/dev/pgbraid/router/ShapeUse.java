package dev.pgbraid.router;

import dev.pgbraid.router.plan.Plan;

/// How often statements of one shape were sent, and how long their clients waited. Confined to one event loop.
public final class ShapeUse {
    private final String fingerprint;
    private final String text;
    private Plan plan = new Plan.OnAnyShard();
    private long calls;
    private long nanos;

    /// @param fingerprint tells the shape from all others of the process
    /// @param text a statement of the shape, its literals hidden
    ShapeUse(String fingerprint, String text) {
        this.fingerprint = fingerprint;
        this.text = text;
    }

    /// Of a statement that is not remembered.
    static ShapeUse unlisted() {
        return new ShapeUse("", "");
    }

    /// How a shape has been used, at one moment.
    ///
    /// @param fingerprint tells the shape from all others of the process
    /// @param text a statement of the shape, its literals hidden
    /// @param plan of the last one
    /// @param nanos how long clients have waited for answers
    public record Report(String fingerprint, String text, Plan plan, long calls, long nanos) {}

    /// A statement of the shape was sent.
    public void called() {
        calls++;
    }

    /// It runs so.
    public void runs(Plan next) {
        plan = next;
    }

    /// A client has got its answer.
    public void answered(long waitedNanos) {
        nanos += waitedNanos;
    }

    boolean isUsed() {
        return calls > 0;
    }

    Report report() {
        return new Report(fingerprint, text, plan, calls, nanos);
    }
}
