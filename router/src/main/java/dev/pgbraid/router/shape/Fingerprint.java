package dev.pgbraid.router.shape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// Hashes bytes to 64 bits, differently in every process, so that nobody can choose texts that collide.
final class Fingerprint {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    static final Fingerprint FIRST = new Fingerprint();
    static final Fingerprint SECOND = new Fingerprint();

    private final long seed;
    private final long factor;

    private Fingerprint() {
        SecureRandom random = new SecureRandom();
        seed = random.nextLong();
        factor = random.nextLong() | 1;
    }

    long of(byte[] bytes, int start, int end) {
        long hash = seed ^ (end - start);
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | (bytes[at] & 0xFF);
        }
        return mix(hash ^ rest);
    }

    /// Both halves of a product: every bit of the hash depends on every bit so far.
    private long mix(long value) {
        return (value * factor ^ Math.unsignedMultiplyHigh(value, factor)) + STEP;
    }
}
