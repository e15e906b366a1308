package dev.pgbraid.router.key;

/// What may be concluded about the collation of a key column.
public enum KeyCollation {
    /// `C`, `POSIX` or `C.UTF-8`, or a type that has none: the order is that of the bytes.
    BYTES,

    /// Equal texts have equal bytes, but only PostgreSQL knows their order.
    DETERMINISTIC,

    /// Texts of different bytes can be equal, and PostgreSQL alone knows which.
    NONDETERMINISTIC
}
