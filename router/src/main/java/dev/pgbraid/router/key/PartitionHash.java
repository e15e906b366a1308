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

    /// The three words of lookup3 after the seed was mixed in, where four bytes are to follow.
    private static final int WHOLE_A = 0xe933553e;

    private static final int WHOLE_B = 0xc5da07a8;
    private static final int WHOLE_C = 0xfdfd95ed;

    private PartitionHash() {}

    /// What `hashint8extended` gives, and for values within their range `hashint4extended`, `hashint2extended` and
    /// the hashes of dates, timestamps and booleans too.
    static long ofWhole(long value) {
        int high = (int) (value >>> 32);
        int folded = (int) value ^ (value >= 0 ? high : ~high);
        return last(WHOLE_A + folded, WHOLE_B, WHOLE_C);
    }

    /// What `hashtextextended`, `uuid_hash_extended` and `hashvarlenaextended` give for these bytes.
    static long ofBytes(byte[] bytes, int from, int to) {
        int c = START + to - from;
        int a = c + (int) (SEED >>> 32);
        int b = c + (int) SEED;
        int at = from;
        while (true) {
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
            if (to - at < BLOCK_BYTES) {
                // The lowest byte of the last word is that of the length.
                return last(
                        a + littleEndian(bytes, at, to),
                        b + littleEndian(bytes, at + 4, to),
                        c + (littleEndian(bytes, at + 8, to) << 8));
            }
            a += (int) INTS.get(bytes, at);
            b += (int) INTS.get(bytes, at + 4);
            c += (int) INTS.get(bytes, at + 8);
            at += BLOCK_BYTES;
        }
    }

    private static long last(int firstWord, int secondWord, int thirdWord) {
        int c = (thirdWord ^ secondWord) - Integer.rotateLeft(secondWord, 14);
        int a = (firstWord ^ c) - Integer.rotateLeft(c, 11);
        int b = (secondWord ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return (long) b << 32 | (c & 0xFFFFFFFFL);
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
}
