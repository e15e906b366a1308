package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure that no proxy works by an older epoch any more.
///
/// Connections leave an older epoch by themselves, between two transactions, as soon as their proxy knows of a newer
/// one. Those that do not in time, because a transaction lasts or a proxy sleeps, are ended.
final class OldEpochs {
    private static final Logger LOGGER = LoggerFactory.getLogger(OldEpochs.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// How long a server may take to end a connection.
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    /// Who has no right to see when a connection began sees nothing there.
    private static final String BEHIND = """
        FROM pgbraid.member AS member JOIN pg_stat_activity AS activity USING (pid)
        WHERE member.epoch < ?
            AND (member.since = activity.backend_start OR member.since IS NULL OR activity.backend_start IS NULL)\
        """;

    private final List<ShardPool> pools;
    private final long epoch;
    private final Cancellation cancellation;

    OldEpochs(List<ShardPool> pools, long epoch, Cancellation cancellation) {
        this.pools = pools;
        this.epoch = epoch;
        this.cancellation = cancellation;
    }

    /// Lets nobody join an epoch before this one, until the transaction ends.
    static void lockOut(ShardTransaction transaction, long epoch) throws ShardFailure {
        transaction.rows("SELECT pg_advisory_xact_lock(hashtextextended('pgbraid.epoch', 0)) AS locked", _ -> true);
        transaction.execute("UPDATE pgbraid.epoch SET epoch = ? WHERE epoch < ?", epoch, epoch);
    }

    /// Returns when nobody works by an epoch before this one, which is stored already, and nobody can begin to.
    void end() throws ShardFailure, Refusal {
        for (ShardPool pool : pools) {
            try (ShardTransaction transaction = pool.write()) {
                lockOut(transaction, epoch);
                transaction.commit();
            }
        }
        if (!isOver(PATIENCE)) {
            for (ShardPool pool : pools) {
                terminate(pool);
            }
            if (!isOver(END_PATIENCE)) {
                throw new Refusal(
                        "55006",
                        "sessions still work by the placement that is to be changed",
                        "Nothing has changed. Try it again; see pgbraid.member on the shards for who they are.");
            }
        }
    }

    private boolean isOver(Duration patience) throws ShardFailure, Refusal {
        long start = System.nanoTime();
        while (isAnyBehind()) {
            cancellation.requireUnwanted();
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private boolean isAnyBehind() throws ShardFailure {
        for (ShardPool pool : pools) {
            // Who is connected is seen as of the beginning of a transaction, so each look is one of its own.
            try (ShardTransaction transaction = pool.read()) {
                if (transaction.row("SELECT count(*) > 0 AS behind " + BEHIND, row -> row.flag("behind"), epoch)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void terminate(ShardPool pool) throws ShardFailure {
        try (ShardTransaction transaction = pool.write()) {
            int ended = transaction
                    .rows("SELECT pg_terminate_backend(pid) AS ended " + BEHIND, row -> row.flag("ended"), epoch)
                    .size();
            if (ended > 0) {
                LOGGER.warn("{}: {} connections that still worked by an old placement are ended", pool.name(), ended);
            }
        }
    }

    private static void pause() throws Refusal {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new Refusal("57P01", "the proxy is stopping", "Nothing has changed. Try it again.");
        }
    }
}
