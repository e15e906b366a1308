package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.shard.Sql;
import dev.pgbraid.router.key.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes which bucket of strategy `hash` a row is in, with PostgreSQL's built-in functions alone.
///
/// The partition hash of a row is folded from those of its columns by `a ^ (b + c + (a << 54) + (a >> 7))` in 64 bits,
/// where SQL has no such addition. The number of buckets is a power of two, so the last bits are enough; 53 of them
/// leave
/// room for the carry, and each column after the first spoils seven.
final class BucketSql {
    private static final String SEED = "8816678312871386365";
    private static final long MASK = (1L << 53) - 1;
    private static final long CONSTANT = 0x49a0f4dd15e5a8e3L & MASK;
    private static final int COLUMNS_MAX = 5;

    private BucketSql() {}

    /// The number of the bucket.
    static String bucket(List<KeyColumn> key, int buckets) throws Refusal {
        if (key.size() > COLUMNS_MAX) {
            throw Refusal.unsupported(
                    "a key of " + key.size() + " columns cannot be computed on the shards",
                    "Declare the table in the configuration file.");
        }
        String hash = "0::bigint";
        for (KeyColumn column : key) {
            hash = "(%s # coalesce(((%s & %d) + %d + (%s >> 7)) & %d, 0))"
                    .formatted(hash, hash(column), MASK, CONSTANT, hash, MASK);
        }
        return "(" + hash + " & " + (buckets - 1) + ")";
    }

    /// Whether the row is in one of the buckets that `shard` holds.
    static String isOn(String bucket, List<String> placement, String shard) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= placement.size(); end++) {
            if (end == placement.size() || !placement.get(end).equals(placement.get(start))) {
                if (placement.get(start).equals(shard)) {
                    runs.add(bucket + " BETWEEN " + start + " AND " + (end - 1));
                }
                start = end;
            }
        }
        return runs.isEmpty() ? "false" : runs.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String hash(KeyColumn column) throws Refusal {
        String name = Sql.name(column.name());
        return switch (column.type()) {
            case SMALLINT, INTEGER, BIGINT -> call("hashint8extended", name + "::bigint");
            case TEXT, VARCHAR -> call("hashtextextended", name + "::text COLLATE \"C\"");
            case CHARACTER -> call("hashbpcharextended", name + "::bpchar COLLATE \"C\"");
            case UUID -> call("uuid_hash_extended", name + "::uuid");
            case NUMERIC -> call("hash_numeric_extended", name + "::numeric");
            case TIMESTAMP -> call("timestamp_hash_extended", name + "::timestamp");
            case TIMESTAMPTZ -> call("timestamp_hash_extended", "(" + name + "::timestamptz AT TIME ZONE 'UTC')");
            case DATE ->
                call(
                        "hashint4extended",
                        "CASE %1$s WHEN 'infinity' THEN 2147483647 WHEN '-infinity' THEN -2147483648".formatted(name)
                                + " ELSE " + name + "::date - '2000-01-01'::date END");
            case BOOLEAN, BYTEA ->
                throw Refusal.unsupported(
                        "the hash of key column " + column.name() + " ("
                                + column.type().sqlName() + ") cannot be computed on the shards",
                        "Declare the table in the configuration file.");
        };
    }

    private static String call(String function, String value) {
        return function + "(" + value + ", " + SEED + ")";
    }
}
