package dev.pgbraid.router.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes, in the order in which `memcmp` puts them.
public final class Octets implements KeyValue, Comparable<Octets> {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Octets copyOf(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    public static Octets utf8(String text) {
        return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Wraps `bytes` without a copy; the caller must not keep the array.
    static Octets owning(byte[] bytes) {
        return new Octets(bytes);
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    Octets first(int length) {
        return length == bytes.length ? this : copyOf(bytes, 0, length);
    }

    long hash() {
        return PartitionHash.ofBytes(bytes, 0, bytes.length);
    }

    @Override
    public int compareTo(Octets that) {
        return Arrays.compareUnsigned(bytes, that.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes read as UTF-8: for people.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
