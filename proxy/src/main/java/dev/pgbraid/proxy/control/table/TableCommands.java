package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.router.catalog.Catalog;
import java.util.List;
import java.util.UUID;

/// Changes where the rows of tables are. It blocks for as long as that takes.
public final class TableCommands {
    private static final String LOCK_TIMEOUT = "10s";

    private final DatabaseConfig file;
    private final List<ShardPool> pools;
    private final PlacementStore store;

    /// @param pools those of all shards, the home shard first
    public TableCommands(DatabaseConfig file, List<ShardPool> pools, PlacementStore store) {
        this.file = file;
        this.pools = List.copyOf(pools);
        this.store = store;
    }

    /// Makes a change.
    ///
    /// @param catalog of the database
    public TableOutcome make(TableChange change, Catalog catalog) {
        String name = UUID.randomUUID().toString();
        try {
            StoredTopology stored = stored();
            StoredTopology next = NextTopology.of(change, file, stored, catalog, name);
            boolean isCopied = stored.table(change.table().toString())
                    .filter(table -> table.declared().kind() == TableConfig.Kind.REFERENCE)
                    .isPresent();
            try (Participants participants = Participants.begin(pools, LOCK_TIMEOUT)) {
                return carryOut(change, isCopied, participants, next, name, catalog);
            }
        } catch (Refusal refusal) {
            return refusal.outcome();
        } catch (ShardFailure failed) {
            return new TableOutcome.Refused(
                    failed.sqlState(), failed.getMessage(), "Nothing has changed. Mend this, then try it again.");
        } catch (StoreFailure unknown) {
            return new TableOutcome.Unknown(unknown.getMessage());
        }
    }

    private StoredTopology stored() throws Refusal {
        try {
            return store.read().orElse(StoredTopology.NOTHING);
        } catch (StoreFailure away) {
            throw new Refusal("08006", away.getMessage(), "Nothing has changed. Try it again when it can be read.");
        }
    }

    private TableOutcome carryOut(
            TableChange change,
            boolean isCopied,
            Participants participants,
            StoredTopology next,
            String name,
            Catalog catalog)
            throws ShardFailure, StoreFailure, Refusal {
        String gid = InDoubt.gid(file.name(), next.epoch(), name);
        try {
            TableMove move = new TableMove(change.table(), participants, next, catalog);
            long rows = switch (change) {
                case TableChange.Shard _ -> move.spread();
                case TableChange.Copy _ -> move.copy();
                case TableChange.Gather _ -> move.gather(isCopied);
            };
            if (!participants.commit(gid, store, next)) {
                throw new Refusal(
                        "40001",
                        "another proxy has changed the placement meanwhile",
                        "Nothing has changed. Try it again.");
            }
            return new TableOutcome.Done(next.epoch(), rows, move.notices());
        } finally {
            participants.rollBack(gid);
        }
    }
}
