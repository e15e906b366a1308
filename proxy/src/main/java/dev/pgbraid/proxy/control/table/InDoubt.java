package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.placement.StoredTopology.Change;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends what a proxy has prepared that died before it could end it.
///
/// The change is made if its epoch is stored under its name. If that epoch is not there yet, it is taken first, by a
/// change that changes nothing: then a proxy that only slept cannot decide otherwise any more.
public final class InDoubt {
    private static final Logger LOGGER = LoggerFactory.getLogger(InDoubt.class);

    private final String database;
    private final PlacementStore store;
    private final Duration grace;

    /// @param grace how long a change may take from preparing to committing
    public InDoubt(String database, PlacementStore store, Duration grace) {
        this.database = database;
        this.store = store;
        this.grace = grace;
    }

    /// The name of a change; its prepared transactions add the name of their shard, for servers hold several.
    static String gid(String database, long epoch, String change) {
        return prefix(database) + epoch + ":" + change;
    }

    private static String prefix(String database) {
        return "pgbraid:" + database + ":control:";
    }

    /// Ends what is found on a shard.
    public void resolve(ShardPool shard) throws ShardFailure, StoreFailure {
        List<String> found;
        try (ShardTransaction transaction = shard.read()) {
            found = transaction.rows("""
                SELECT gid FROM pg_prepared_xacts
                WHERE database = current_database() AND starts_with(gid, ?)
                    AND prepared < now() - ? * interval '1 millisecond'\
                """, row -> row.text("gid"), prefix(database), grace.toMillis());
        }
        for (String gid : found) {
            Change change = change(gid);
            boolean isMade = settled(change).has(change);
            LOGGER.warn("{}: {} is {} after its proxy has left it", shard.name(), gid, isMade ? "committed" : "undone");
            if (isMade) {
                shard.commitPrepared(gid);
            } else {
                shard.rollbackPrepared(gid);
            }
        }
    }

    private Change change(String gid) {
        String rest = gid.substring(prefix(database).length());
        int colon = rest.indexOf(':');
        return new Change(Long.parseLong(rest.substring(0, colon)), rest.substring(colon + 1, rest.lastIndexOf(':')));
    }

    /// What is stored once the epoch of the change is taken by whomever.
    private StoredTopology settled(Change change) throws StoreFailure {
        Optional<StoredTopology> stored = store.read();
        while (stored.isEmpty() || stored.get().epoch() < change.epoch()) {
            StoredTopology before = stored.orElse(StoredTopology.NOTHING);
            store.append(before.next(UUID.randomUUID().toString()));
            stored = store.read();
        }
        return stored.get();
    }
}
