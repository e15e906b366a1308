package dev.pgbraid.protocol;

/// Where a session stands between two statements, as told by `ReadyForQuery`.
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    /// A statement failed; only the end of the transaction is accepted.
    FAILED('E');

    private final char code;

    TransactionStatus(char code) {
        this.code = code;
    }

    public byte code() {
        return (byte) code;
    }

    public static TransactionStatus read(MessageReader in) {
        return of(in.readUInt8());
    }

    public static TransactionStatus of(int code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> throw new ProtocolViolation("ReadyForQuery: transaction status " + code + " is none of I, T, E");
        };
    }
}
