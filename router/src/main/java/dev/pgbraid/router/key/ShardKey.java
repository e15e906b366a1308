package dev.pgbraid.router.key;

import java.util.List;

/// The values of a row in all its key columns, in their order.
public record ShardKey(List<KeyValue> values) {
    public ShardKey {
        values = List.copyOf(values);
    }

    public static ShardKey of(KeyValue... values) {
        return new ShardKey(List.of(values));
    }

    /// The hash by which `PARTITION BY HASH` over the columns would place the row.
    public long hash() {
        long hash = PartitionHash.EMPTY;
        for (int i = 0; i < values.size(); i++) {
            hash = values.get(i).addTo(hash);
        }
        return hash;
    }

    /// The value of the only column.
    public KeyValue single() {
        if (values.size() != 1) {
            throw new IllegalStateException("a key of " + values.size() + " columns");
        }
        return values.getFirst();
    }
}
