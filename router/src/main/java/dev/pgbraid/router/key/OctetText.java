package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.util.Arrays;

/// Reads characters, uuids and `bytea` as `textin`, `uuid_in` and `byteain` do.
final class OctetText {
    private static final int UUID_BYTES = 16;
    private static final String BAD_HEX = "22023";

    private OctetText() {}

    /// Any bytes: a server that finds them invalid in its encoding says so on any shard.
    static KeyReading characters(KeyText text) {
        if (text.hasZero()) {
            return zeroByte();
        }
        return new Proven(text.type() == KeyType.CHARACTER ? text.octetsWithout(' ') : text.octets());
    }

    static Unprovable zeroByte() {
        return new Unprovable("holds a zero byte");
    }

    /// Thirty-two digits, a hyphen after any four of them but the last, braces around it all.
    static KeyReading uuid(KeyText text) {
        boolean hasBrace = text.skipIf('{');
        byte[] bytes = new byte[UUID_BYTES];
        for (int i = 0; i < UUID_BYTES; i++) {
            int high = KeyText.hexDigit(text.peek());
            int low = KeyText.hexDigit(text.peek(1));
            if (high < 0 || low < 0) {
                return text.syntaxError();
            }
            bytes[i] = (byte) (high << 4 | low);
            text.skip(2);
            if (i % 2 == 1 && i < UUID_BYTES - 1) {
                text.skipIf('-');
            }
        }
        if (hasBrace && !text.skipIf('}')) {
            return text.syntaxError();
        }
        return text.isAtEnd() ? new Proven(Octets.owning(bytes)) : text.syntaxError();
    }

    static KeyReading bytea(KeyText text) {
        if (text.hasZero()) {
            return zeroByte();
        }
        if (text.peek() == '\\' && text.peek(1) == 'x') {
            text.skip(2);
            return hexadecimal(text);
        }
        return escaped(text);
    }

    /// Pairs of digits, blanks between the pairs.
    private static KeyReading hexadecimal(KeyText text) {
        byte[] bytes = new byte[text.length() / 2];
        int length = 0;
        while (!text.isAtEnd()) {
            int character = text.peek();
            if (character == ' ' || character == '\n' || character == '\t' || character == '\r') {
                text.skip(1);
                continue;
            }
            int high = KeyText.hexDigit(character);
            if (high >= 0 && text.peek(1) == KeyText.END) {
                return new Invalid(BAD_HEX, "invalid hexadecimal data: odd number of digits");
            }
            int low = KeyText.hexDigit(text.peek(1));
            if (high < 0 || low < 0) {
                return badHexDigit(text);
            }
            bytes[length++] = (byte) (high << 4 | low);
            text.skip(2);
        }
        return new Proven(Octets.owning(Arrays.copyOf(bytes, length)));
    }

    private static KeyReading badHexDigit(KeyText text) {
        // A byte that is no character at all is refused by another name.
        return text.hasOnlyAscii() ? new Invalid(BAD_HEX, "invalid hexadecimal digit") : text.notAscii();
    }

    /// Bytes as they are, but `\\` for a backslash and `\ooo` for any byte.
    private static KeyReading escaped(KeyText text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        while (!text.isAtEnd()) {
            int value = text.peek();
            int width = 1;
            if (value == '\\') {
                value = text.peek(1) == '\\' ? '\\' : octal(text);
                width = text.peek(1) == '\\' ? 2 : 4;
            }
            if (value < 0) {
                return text.hasOnlyAscii() ? text.syntaxError() : text.notAscii();
            }
            bytes[length++] = (byte) value;
            text.skip(width);
        }
        return new Proven(Octets.owning(Arrays.copyOf(bytes, length)));
    }

    private static int octal(KeyText text) {
        int high = text.peek(1) - '0';
        int middle = text.peek(2) - '0';
        int low = text.peek(3) - '0';
        boolean isOctal = (high & ~3) == 0 && (middle & ~7) == 0 && (low & ~7) == 0;
        return isOctal ? high << 6 | middle << 3 | low : -1;
    }
}
