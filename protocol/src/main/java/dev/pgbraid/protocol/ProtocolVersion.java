package dev.pgbraid.protocol;

/// A version of the protocol, sent as one `Int32`: the major number in the upper half, the minor one in the lower.
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {
    public static final ProtocolVersion V3_0 = new ProtocolVersion(3, 0);

    /// The newest version known here; it differs from 3.0 in the length of cancel keys only.
    public static final ProtocolVersion V3_2 = new ProtocolVersion(3, 2);

    private static final int HALF_MAX = 0xFFFF;

    public ProtocolVersion {
        if (major < 0 || major > HALF_MAX || minor < 0 || minor > HALF_MAX) {
            throw new IllegalArgumentException("version numbers must be in 0..65535, are " + major + "." + minor);
        }
    }

    public static ProtocolVersion of(int code) {
        return new ProtocolVersion(code >>> 16, code & HALF_MAX);
    }

    public int code() {
        return major << 16 | minor;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Integer.compareUnsigned(code(), other.code());
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
