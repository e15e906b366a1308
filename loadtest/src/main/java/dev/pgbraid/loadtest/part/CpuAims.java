package dev.pgbraid.loadtest.part;

/// How much CPU time pgbraid may use per transaction, as a multiple of what PgBouncer uses.
public record CpuAims(double simple, double prepared) {

    public static CpuAims of(String transport) {
        return transport.equals("io_uring") ? new CpuAims(1.0, 0.8) : new CpuAims(1.2, 1.0);
    }
}
