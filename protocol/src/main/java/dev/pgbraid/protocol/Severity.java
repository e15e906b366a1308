package dev.pgbraid.protocol;

/// How grave an error or a notice is; PostgreSQL's words.
public enum Severity {
    DEBUG,
    LOG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    /// The session ends.
    FATAL,
    /// All sessions end.
    PANIC
}
