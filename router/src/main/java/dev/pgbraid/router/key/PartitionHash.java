package dev.pgbraid.router.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The hash by which PostgreSQL's `PARTITION BY HASH` places a row, bit for bit.
///
/// It is Bob Jenkins' lookup3 with a seed, as a server on a little-endian machine computes it. The functions named
/// here give the same in SQL when their second argument is [#SEED], and `satisfies_hash_partition` agrees with
/// [#combine].
public final class PartitionHash {
    /// `HASH_PARTITION_SEED` of PostgreSQL.
    public static final long SEED = 0x7A5B22367996DCFDL;

    /// The hash of a row before its first column, and of one whose key columns are all NULL.
    public static final long EMPTY = 0;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int START = 0x9e3779b9 + 3923095;
    private static final int BLOCK_BYTES = 3 * Integer.BYTES;

    private PartitionHash() {}

    /// What `hashint8extended` gives, and for values within their range `hashint4extended`, `hashint2extended` and
    /// the hashes of dates, timestamps and booleans too.
    static long ofWhole(long value) {
        int high = (int) (value >>> 32);
        int folded = (int) value ^ (value >= 0 ? high : ~high);
        Mixer mixer = new Mixer(Integer.BYTES);
        mixer.a += folded;
        return mixer.last();
    }

    /// What `hashtextextended`, `uuid_hash_extended` and `hashvarlenaextended` give for these bytes.
    static long ofBytes(byte[] bytes, int from, int to) {
        Mixer mixer = new Mixer(to - from);
        int at = from;
        for (; to - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
            mixer.a += (int) INTS.get(bytes, at);
            mixer.b += (int) INTS.get(bytes, at + 4);
            mixer.c += (int) INTS.get(bytes, at + 8);
            mixer.mix();
        }
        mixer.a += littleEndian(bytes, at, to);
        mixer.b += littleEndian(bytes, at + 4, to);
        // The lowest byte is that of the length.
        mixer.c += littleEndian(bytes, at + 8, to) << 8;
        return mixer.last();
    }

    /// Up to four bytes before `to`.
    private static int littleEndian(byte[] bytes, int at, int to) {
        if (to - at >= Integer.BYTES) {
            return (int) INTS.get(bytes, at);
        }
        int value = 0;
        for (int i = to - 1; i >= at; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    /// The hash of a row after one more column that is not NULL; a NULL leaves it as it is.
    public static long combine(long row, long column) {
        return row ^ (column + 0x49a0f4dd15e5a8e3L + (row << 54) + (row >>> 7));
    }

    /// The three words of lookup3. It never leaves the method that makes it, so it costs no allocation.
    private static final class Mixer {
        private int a;
        private int b;
        private int c;

        Mixer(int length) {
            int start = START + length;
            a = start + (int) (SEED >>> 32);
            b = start + (int) SEED;
            c = start;
            mix();
        }

        void mix() {
            a = a - c ^ Integer.rotateLeft(c, 4);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 6);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 8);
            b += a;
            a = a - c ^ Integer.rotateLeft(c, 16);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 19);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 4);
            b += a;
        }

        long last() {
            c = (c ^ b) - Integer.rotateLeft(b, 14);
            a = (a ^ c) - Integer.rotateLeft(c, 11);
            b = (b ^ a) - Integer.rotateLeft(a, 25);
            c = (c ^ b) - Integer.rotateLeft(b, 16);
            a = (a ^ c) - Integer.rotateLeft(c, 4);
            b = (b ^ a) - Integer.rotateLeft(a, 14);
            c = (c ^ b) - Integer.rotateLeft(b, 24);
            return (long) b << 32 | (c & 0xFFFFFFFFL);
        }
    }
}
