package dev.pgbraid.protocol.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes as one writes them down: hexadecimal, and text between quotes, which may be mixed.
public final class Wire {
    private Wire() {}

    /// Reads such as `51 00000009 'abc' 00`.
    public static byte[] bytes(String text) {
        StringBuilder hex = new StringBuilder();
        String[] parts = text.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean quoted = i % 2 == 1;
            hex.append(
                    quoted
                            ? HexFormat.of().formatHex(parts[i].getBytes(StandardCharsets.UTF_8))
                            : parts[i].replace(" ", ""));
        }
        return HexFormat.of().parseHex(hex);
    }
}
