package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.admin.Totals.DatabaseTotals;
import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.metrics.DatabaseCounter;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.metrics.ShardCounter;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What PgBouncer counts of a database. Times are in microseconds.
record DatabaseNumbers(
        long assignments,
        long transactions,
        long queries,
        long received,
        long sent,
        long transactionMicros,
        long queryMicros,
        long waitMicros,
        long clientParses,
        long serverParses,
        long binds,
        long logins) {
    private static final long NANOS_PER_MICRO = 1000;

    static final DatabaseNumbers NONE = new DatabaseNumbers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static SortedMap<String, DatabaseNumbers> of(Totals totals) {
        SortedMap<String, DatabaseNumbers> numbers = new TreeMap<>();
        totals.databases().forEach((name, database) -> {
            ShardTotals shards = new ShardTotals();
            totals.shards().entrySet().stream()
                    .filter(entry -> entry.getKey().database().equals(name))
                    .map(Map.Entry::getValue)
                    .forEach(shard -> shards.activity().addAll(shard.activity()));
            numbers.put(name, of(database, shards));
        });
        return numbers;
    }

    private static DatabaseNumbers of(DatabaseTotals database, ShardTotals shards) {
        return new DatabaseNumbers(
                count(shards, ShardCounter.CHECKOUTS),
                count(database, DatabaseCounter.TRANSACTIONS),
                Arrays.stream(PlanKind.values())
                        .mapToLong(kind -> database.activity().latencies(kind).count())
                        .sum(),
                count(database, DatabaseCounter.BYTES_RECEIVED),
                count(database, DatabaseCounter.BYTES_SENT),
                count(shards, ShardCounter.TRANSACTION_NANOS) / NANOS_PER_MICRO,
                shards.activity().answers().sum() / NANOS_PER_MICRO,
                shards.activity().waits().sum() / NANOS_PER_MICRO,
                count(database, DatabaseCounter.PARSES),
                count(shards, ShardCounter.PARSES),
                count(database, DatabaseCounter.BINDS),
                count(database, DatabaseCounter.LOGINS));
    }

    private static long count(DatabaseTotals database, DatabaseCounter counter) {
        return database.activity().counters().get(counter);
    }

    private static long count(ShardTotals shards, ShardCounter counter) {
        return shards.activity().counters().get(counter);
    }

    /// All of them, in PgBouncer's order.
    long[] all() {
        return new long[] {
            assignments,
            transactions,
            queries,
            received,
            sent,
            transactionMicros,
            queryMicros,
            waitMicros,
            clientParses,
            serverParses,
            binds,
            logins
        };
    }

    /// The averages since `before`, in the same order: of most a second's, of the times of transactions and queries
    /// one's.
    long[] averages(DatabaseNumbers before, double seconds) {
        long[] then = before.all();
        long[] averages = all();
        for (int i = 0; i < averages.length; i++) {
            averages[i] = seconds == 0 ? 0 : Math.round((averages[i] - then[i]) / seconds);
        }
        averages[5] = ratio(transactionMicros - before.transactionMicros, transactions - before.transactions);
        averages[6] = ratio(queryMicros - before.queryMicros, queries - before.queries);
        return averages;
    }

    private static long ratio(long sum, long count) {
        return count == 0 ? 0 : sum / count;
    }
}
