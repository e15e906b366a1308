package dev.pgbraid.config;

/// A number of bytes, written with a binary unit: `64KiB`, `16MiB`.
public record DataSize(long bytes) implements Comparable<DataSize> {

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative, is " + bytes);
        }
    }

    public static DataSize ofKibibytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 10));
    }

    public static DataSize ofMebibytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 20));
    }

    public static DataSize ofGibibytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1L << 30));
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// As it is written in the file, in the largest unit that is exact.
    @Override
    public String toString() {
        int thousands = Math.min(Long.numberOfTrailingZeros(bytes) / 10, 3);
        return switch (bytes == 0 ? 0 : thousands) {
            case 1 -> (bytes >> 10) + "KiB";
            case 2 -> (bytes >> 20) + "MiB";
            case 3 -> (bytes >> 30) + "GiB";
            default -> bytes + "B";
        };
    }
}
