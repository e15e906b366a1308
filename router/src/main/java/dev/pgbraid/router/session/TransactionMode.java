package dev.pgbraid.router.session;

/// One of the modes that a transaction can be given. Of two that exclude each other the later one holds.
public enum TransactionMode {
    SERIALIZABLE,
    REPEATABLE_READ,
    READ_COMMITTED,
    READ_UNCOMMITTED,
    READ_ONLY,
    READ_WRITE,
    DEFERRABLE,
    NOT_DEFERRABLE
}
