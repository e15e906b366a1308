package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// What the name in a [Close] or a [Describe] names.
public enum Target {
    STATEMENT('S'),
    PORTAL('P');

    private final char code;

    Target(char code) {
        this.code = code;
    }

    static Target read(MessageReader in) {
        int code = in.readUInt8();
        return switch (code) {
            case 'S' -> STATEMENT;
            case 'P' -> PORTAL;
            default -> throw in.violation("subtype " + code + " is neither S nor P");
        };
    }

    void write(MessageWriter out) {
        out.writeByte(code);
    }
}
