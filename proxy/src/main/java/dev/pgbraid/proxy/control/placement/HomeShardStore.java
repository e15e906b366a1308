package dev.pgbraid.proxy.control.placement;

import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.util.List;
import java.util.Optional;

/// The placement in the schema `pgbraid` of the home shard. Who appends an epoch tells it on the channel `pgbraid`.
public final class HomeShardStore implements PlacementStore {
    private static final int EPOCHS_KEPT = 100;

    private final ShardPool home;
    private boolean isProvided;

    public HomeShardStore(ShardPool home) {
        this.home = home;
    }

    @Override
    public Optional<StoredTopology> read() throws StoreFailure {
        try {
            provide();
            try (ShardTransaction transaction = home.read()) {
                List<String> newest = transaction.rows(
                        "SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1",
                        row -> row.text("topology"));
                return newest.isEmpty() ? Optional.empty() : Optional.of(StoredTopology.of(newest.getFirst()));
            }
        } catch (ShardFailure failed) {
            throw failure(failed);
        }
    }

    @Override
    public boolean append(StoredTopology next) throws StoreFailure {
        try {
            provide();
            try (ShardTransaction transaction = home.write()) {
                long appended = transaction.execute("""
                    INSERT INTO pgbraid.placement (epoch, topology)
                    SELECT ?, ?::jsonb
                    WHERE (SELECT coalesce(max(epoch), 0) FROM pgbraid.placement) = ?
                    ON CONFLICT (epoch) DO NOTHING\
                    """, next.epoch(), next.toText(), next.epoch() - 1);
                transaction.execute("DELETE FROM pgbraid.placement WHERE epoch <= ?", next.epoch() - EPOCHS_KEPT);
                transaction.execute("NOTIFY pgbraid, 'placement'");
                transaction.commit();
                return appended == 1;
            }
        } catch (ShardFailure failed) {
            throw failure(failed);
        }
    }

    private void provide() throws ShardFailure, StoreFailure {
        if (!isProvided) {
            ControlSchema.provide(home);
            isProvided = true;
        }
    }

    private static StoreFailure failure(ShardFailure failed) {
        return new StoreFailure("the placement cannot be read or changed: " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        // The home shard is used by others.
    }
}
