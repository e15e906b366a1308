package dev.pgbraid.protocol;

/// A peer sent what the protocol does not allow: the only exception that reading from the wire may throw.
///
/// It is expected whenever a peer misbehaves, so it has no stack trace and no cause.
public final class ProtocolViolation extends RuntimeException {
    private final SqlState sqlState;
    private final String message;

    public ProtocolViolation(SqlState sqlState, String message) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.message = message;
    }

    public ProtocolViolation(String message) {
        this(SqlState.PROTOCOL_VIOLATION, message);
    }

    @Override
    public String getMessage() {
        return message;
    }

    /// What PostgreSQL would report for it.
    public SqlState sqlState() {
        return sqlState;
    }
}
