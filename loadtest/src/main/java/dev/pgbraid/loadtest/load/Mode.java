package dev.pgbraid.loadtest.load;

import java.util.Locale;

/// How a statement travels; the names are pgbench's.
public enum Mode {
    /// One Query message.
    SIMPLE,
    /// Parse, Bind, Describe, Execute and Sync for every statement.
    EXTENDED,
    /// A named statement, parsed once per client, then Bind, Describe, Execute and Sync.
    PREPARED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
