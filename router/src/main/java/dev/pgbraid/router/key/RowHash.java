package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Proven;

/// Computes the partition hash of one row after another, and for values in their usual forms makes no object of them.
///
/// A value is hashed as it is compared with the column; [KeyColumn#canChangeAssigned] says whether that is also how it
/// is stored. It belongs to one thread. Where it says that a value is not proven, [KeyType] says why.
public final class RowHash {
    /// As many digits as no `bigint` is too small for.
    private static final int SAFE_DIGITS = 18;

    private static final int UUID_BYTES = 16;
    private static final int UUID_TEXT_LENGTH = 36;

    private final byte[] uuid = new byte[UUID_BYTES];
    private long hash = PartitionHash.EMPTY;

    /// Begins the next row.
    public void reset() {
        hash = PartitionHash.EMPTY;
    }

    /// The hash of the row, as far as its columns have been added.
    public long value() {
        return hash;
    }

    /// Adds the value of the next column.
    public void add(KeyValue value) {
        hash = value.addTo(hash);
    }

    /// Adds the value of the next column from its text, if that is proven; if not, the row has no hash.
    public boolean addText(KeyType type, byte[] bytes, int from, int to) {
        return switch (type) {
            case TEXT, VARCHAR, CHARACTER -> addCharacters(type, bytes, from, to);
            case SMALLINT, INTEGER, BIGINT -> addInteger(type, bytes, from, to);
            case UUID -> isPlainUuid(bytes, from, to) ? addBytes(uuid, 0, UUID_BYTES) : addRead(type, bytes, from, to);
            case BOOLEAN, BYTEA, DATE, TIMESTAMP, TIMESTAMPTZ, NUMERIC -> addRead(type, bytes, from, to);
        };
    }

    /// Adds the value of the next column from its binary form, if that is proven; if not, the row has no hash.
    public boolean addBinary(KeyType type, byte[] bytes, int from, int to) {
        int length = to - from;
        return switch (type) {
            case TEXT, VARCHAR, CHARACTER -> addCharacters(type, bytes, from, to);
            case BYTEA -> addBytes(bytes, from, to);
            case UUID -> length == UUID_BYTES && addBytes(bytes, from, to);
            case SMALLINT -> length == Short.BYTES && addWhole(type, BinaryForm.integer(bytes, from, to));
            case INTEGER, DATE -> length == Integer.BYTES && addWhole(type, BinaryForm.integer(bytes, from, to));
            case BIGINT, TIMESTAMP, TIMESTAMPTZ ->
                length == Long.BYTES && addWhole(type, BinaryForm.integer(bytes, from, to));
            case BOOLEAN -> length == 1 && addWhole(type, bytes[from] == 0 ? 0 : 1);
            case NUMERIC -> type.readBinary(bytes, from, to) instanceof Proven(KeyValue value) && addProven(value);
        };
    }

    private boolean addRead(KeyType type, byte[] bytes, int from, int to) {
        return type.readText(bytes, from, to) instanceof Proven(KeyValue value) && addProven(value);
    }

    private boolean addProven(KeyValue value) {
        add(value);
        return true;
    }

    private boolean addBytes(byte[] bytes, int from, int to) {
        hash = PartitionHash.combine(hash, PartitionHash.ofBytes(bytes, from, to));
        return true;
    }

    private boolean addWhole(KeyType type, long value) {
        if (!type.holds(value)) {
            return false;
        }
        hash = PartitionHash.combine(hash, PartitionHash.ofWhole(value));
        return true;
    }

    private boolean addCharacters(KeyType type, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        int end = to;
        while (type == KeyType.CHARACTER && end > from && bytes[end - 1] == ' ') {
            end--;
        }
        return addBytes(bytes, from, end);
    }

    private boolean addInteger(KeyType type, byte[] bytes, int from, int to) {
        boolean isNegative = from < to && bytes[from] == '-';
        int first = isNegative ? from + 1 : from;
        boolean isPlain = first < to && to - first <= SAFE_DIGITS;
        long value = 0;
        for (int i = first; i < to && isPlain; i++) {
            int digit = bytes[i] - '0';
            isPlain = digit >= 0 && digit <= 9;
            value = 10 * value + digit;
        }
        return isPlain ? addWhole(type, isNegative ? -value : value) : addRead(type, bytes, from, to);
    }

    /// Whether a uuid stands there in the form in which PostgreSQL writes it; if so its bytes are in `uuid`.
    private boolean isPlainUuid(byte[] bytes, int from, int to) {
        if (to - from != UUID_TEXT_LENGTH) {
            return false;
        }
        int at = from;
        for (int i = 0; i < UUID_BYTES; i++) {
            boolean hasHyphen = i == 4 || i == 6 || i == 8 || i == 10;
            if (hasHyphen && bytes[at++] != '-') {
                return false;
            }
            int value = KeyText.hexDigit(bytes[at] & 0xFF) << 4 | KeyText.hexDigit(bytes[at + 1] & 0xFF);
            if (value < 0) {
                return false;
            }
            uuid[i] = (byte) value;
            at += 2;
        }
        return true;
    }
}
