package dev.pgbraid.proxy.postgres;

/// How a server is asked to stop, in the words of `pg_ctl`.
public enum StopMode {
    /// Sessions are ended, the data is written out.
    FAST("INT"),
    /// Nothing is written out; the next start recovers from the log.
    IMMEDIATE("QUIT");

    private final String signal;

    StopMode(String signal) {
        this.signal = signal;
    }

    String signal() {
        return signal;
    }
}
