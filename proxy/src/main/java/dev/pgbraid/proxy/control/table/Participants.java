package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A transaction on every shard of a database, the home shard first, which are committed together or not at all.
final class Participants implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Participants.class);

    private final List<ShardPool> pools;
    private final List<ShardTransaction> transactions = new ArrayList<>();
    private final List<ShardPool> prepared = new ArrayList<>();

    private Participants(List<ShardPool> pools) {
        this.pools = pools;
    }

    /// Begins on every shard.
    ///
    /// @param lockTimeout in PostgreSQL's words, how long a lock is waited for
    static Participants begin(List<ShardPool> pools, String lockTimeout, Cancellation cancellation)
            throws ShardFailure, Refusal {
        Participants participants = new Participants(pools);
        try {
            for (ShardPool pool : pools) {
                ShardTransaction transaction = pool.write();
                participants.transactions.add(transaction);
                cancellation.watch(transaction);
                transaction.allowLongStatements();
                transaction.execute("SET LOCAL lock_timeout = '" + lockTimeout + "'");
                participants.requirePreparing(transaction);
            }
            return participants;
        } catch (ShardFailure | Refusal failed) {
            participants.close();
            throw failed;
        }
    }

    private void requirePreparing(ShardTransaction transaction) throws ShardFailure, Refusal {
        int slots = transaction.row(
                "SELECT current_setting('max_prepared_transactions')::int AS slots", row -> row.number("slots"));
        if (slots == 0 && pools.size() > 1) {
            throw new Refusal(
                    "55000",
                    transaction.shard() + ": max_prepared_transactions is 0, so the shards cannot commit together",
                    "Set it to 100 or so on every shard, which takes a restart of its server.");
        }
    }

    ShardTransaction home() {
        return transactions.getFirst();
    }

    List<ShardTransaction> others() {
        return transactions.subList(1, transactions.size());
    }

    List<ShardTransaction> all() {
        return List.copyOf(transactions);
    }

    /// Commits everywhere if `next` becomes the newest epoch, else nowhere.
    ///
    /// @return whether it did
    /// @throws StoreFailure if that cannot be told; then what is prepared stays until it can be
    boolean commit(String gid, PlacementStore store, StoredTopology next) throws ShardFailure, StoreFailure {
        for (int i = 0; i < transactions.size(); i++) {
            OldEpochs.lockOut(transactions.get(i), next.epoch());
            transactions.get(i).prepare(of(pools.get(i), gid));
            prepared.add(pools.get(i));
        }
        List<ShardPool> undecided = List.copyOf(prepared);
        prepared.clear();
        boolean isDecided = store.append(next);
        undecided.forEach(pool -> end(pool, gid, isDecided));
        return isDecided;
    }

    /// Takes back what was prepared before something failed.
    void rollBack(String gid) {
        prepared.forEach(pool -> end(pool, gid, false));
        prepared.clear();
    }

    private static String of(ShardPool pool, String gid) {
        return gid + ":" + pool.name();
    }

    /// What cannot be ended now is ended by whoever finds it.
    private static void end(ShardPool pool, String gid, boolean commits) {
        try {
            if (commits) {
                pool.commitPrepared(of(pool, gid));
            } else {
                pool.rollbackPrepared(of(pool, gid));
            }
        } catch (ShardFailure away) {
            LOGGER.warn("a prepared transaction is left for later: {}", away.getMessage());
        }
    }

    @Override
    public void close() {
        for (ShardTransaction transaction : transactions) {
            try {
                transaction.close();
            } catch (ShardFailure away) {
                LOGGER.debug("rolled back by its end: {}", away.getMessage());
            }
        }
    }
}
