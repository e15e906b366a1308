package dev.pgbraid.loadtest.report;

/// A limit that a measured value should not exceed.
public record Aim(String subject, double measured, double limit, int decimals) {

    public boolean isMet() {
        return measured <= limit;
    }
}
