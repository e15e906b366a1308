package dev.pgbraid.loadtest.part;

/// Conversions for the report.
final class Units {
    private static final double MEGABYTE = 1_000_000;
    private static final double NANOS_PER_MILLISECOND = 1_000_000;

    private Units() {}

    static double megabytes(long bytes) {
        return bytes / MEGABYTE;
    }

    static double milliseconds(long nanos) {
        return nanos / NANOS_PER_MILLISECOND;
    }
}
