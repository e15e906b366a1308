package dev.pgbraid.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An immutable sequence of bytes with value equality.
///
/// Text on the wire is in the client's encoding, which the proxy does not choose. What the manual calls a `String` is
/// therefore kept as bytes, so that a name or a query in any encoding survives exactly.
public final class ByteString {
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    public static ByteString utf8(String text) {
        return owning(text.getBytes(StandardCharsets.UTF_8));
    }

    public static ByteString copyOf(byte[] bytes) {
        return owning(bytes.clone());
    }

    /// Wraps `bytes` without a copy; the caller must not keep the array.
    static ByteString owning(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /// The index of the first `wanted`, or -1.
    public int indexOf(byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /// The bytes themselves, for the writer to copy into a buffer.
    byte[] borrow() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes read as UTF-8, with a replacement character for each that is not: for people, not for the wire.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
