package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
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
    public TableOutcome make(TableRequest request, Catalog catalog) {
        TableChange change = request.change();
        String name = UUID.randomUUID().toString();
        try {
            requireOwner(request);
            StoredTopology stored = stored();
            StoredTopology next = NextTopology.of(change, file, stored, catalog, name);
            boolean isCopied = stored.table(change.table().toString())
                    .filter(table -> table.declared().kind() == TableConfig.Kind.REFERENCE)
                    .isPresent();
            try (Participants participants = Participants.begin(pools, LOCK_TIMEOUT, request.cancellation())) {
                return carryOut(request, isCopied, participants, next, name, catalog);
            }
        } catch (Refusal refusal) {
            return refusal.outcome();
        } catch (ShardFailure failed) {
            return refused(request, failed);
        } catch (StoreFailure unknown) {
            return new TableOutcome.Unknown(unknown.getMessage());
        }
    }

    private static TableOutcome refused(TableRequest request, ShardFailure failed) {
        try {
            request.cancellation().requireUnwanted();
        } catch (Refusal canceled) {
            return canceled.outcome();
        }
        return new TableOutcome.Refused(
                failed.sqlState(), failed.getMessage(), "Nothing has changed. Mend this, then try it again.");
    }

    /// Only who could drop the table may say where it is.
    private void requireOwner(TableRequest request) throws ShardFailure, Refusal {
        ObjectName table = request.change().table();
        List<Boolean> mayOwn;
        try (ShardTransaction home = pools.getFirst().read()) {
            mayOwn = home.rows(
                    "SELECT pg_has_role(?, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = to_regclass(?)",
                    row -> row.flag("owns"),
                    request.role(),
                    TableDefinition.written(table));
        }
        if (mayOwn.isEmpty()) {
            throw new Refusal("42P01", "relation \"" + table + "\" does not exist", "Make the table first.");
        }
        if (!mayOwn.getFirst()) {
            throw new Refusal(
                    "42501", "must be owner of table " + table, "Let its owner, or a superuser, call the function.");
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
            TableRequest request,
            boolean isCopied,
            Participants participants,
            StoredTopology next,
            String name,
            Catalog catalog)
            throws ShardFailure, StoreFailure, Refusal {
        String gid = InDoubt.gid(file.name(), next.epoch(), name);
        try {
            TableChange change = request.change();
            TableMove move = new TableMove(change.table(), participants, next, catalog);
            switch (change) {
                case TableChange.Shard _ -> move.spread();
                case TableChange.Copy _ -> move.copy();
                case TableChange.Gather _ -> move.gather(isCopied);
            }
            request.cancellation().beginDeciding();
            if (!participants.commit(gid, store, next)) {
                throw new Refusal(
                        "40001",
                        "another proxy has changed the placement meanwhile",
                        "Nothing has changed. Try it again.");
            }
            return new TableOutcome.Done(change, next.epoch(), move.arrived(), move.notices());
        } finally {
            participants.rollBack(gid);
        }
    }
}
