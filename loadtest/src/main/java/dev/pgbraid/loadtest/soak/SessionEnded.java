package dev.pgbraid.loadtest.soak;

/// A guest's session has ended, and not by its own doing.
final class SessionEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    /// @param sqlState of the last words; empty where there were none
    SessionEnded(String sqlState, String words) {
        super("the session has ended: " + sqlState + " " + words);
        this.sqlState = sqlState;
    }

    String sqlState() {
        return sqlState;
    }
}
