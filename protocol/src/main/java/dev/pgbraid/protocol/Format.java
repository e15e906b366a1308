package dev.pgbraid.protocol;

/// How values are represented: as text or in the binary form of their type.
public enum Format {
    TEXT(0),
    BINARY(1);

    private final int code;

    Format(int code) {
        this.code = code;
    }

    public static Format read(MessageReader in) {
        return of(in, in.readInt16());
    }

    /// Reads the one-byte form, which only the copy responses use.
    public static Format readByte(MessageReader in) {
        return of(in, in.readUInt8());
    }

    private static Format of(MessageReader in, int code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default -> throw in.violation(SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + code);
        };
    }

    public void write(MessageWriter out) {
        out.writeInt16(code);
    }

    public void writeByte(MessageWriter out) {
        out.writeByte(code);
    }
}
