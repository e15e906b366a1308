package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes where the rows of tables are. It blocks for as long as that takes.
public final class TableCommands {
    private static final Logger LOGGER = LoggerFactory.getLogger(TableCommands.class);
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

    /// The two epochs of a change.
    ///
    /// @param held in which nobody uses the table
    /// @param next in which it is where it is to be
    private record Epochs(StoredTopology held, String name, StoredTopology next) {}

    /// Makes a change.
    ///
    /// @param catalog of the database
    public TableOutcome make(TableRequest request, Catalog catalog) {
        try {
            requireOwner(request);
            Optional<ChangeLock> free = ChangeLock.take(pools.getFirst());
            try (ChangeLock _ = free.orElseThrow(TableCommands::busy)) {
                return makeAlone(request, catalog);
            }
        } catch (Refusal refusal) {
            return refusal.outcome();
        } catch (ShardFailure failed) {
            return refused(request, failed);
        } catch (StoreFailure unknown) {
            return new TableOutcome.Unknown(unknown.getMessage());
        }
    }

    private static Refusal busy() {
        return new Refusal("55006", "the place of a table is being changed already", "Try it again when that is done.");
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

    private TableOutcome makeAlone(TableRequest request, Catalog catalog) throws ShardFailure, StoreFailure, Refusal {
        StoredTopology stored = stored();
        boolean isCopied = stored.table(request.change().table().toString())
                .filter(table -> table.declared().kind() == TableConfig.Kind.REFERENCE)
                .isPresent();
        Epochs epochs = epochs(request.change(), stored, catalog);
        if (!append(epochs.held)) {
            throw changedMeanwhile();
        }
        try {
            new OldEpochs(pools, epochs.held.epoch(), request.cancellation()).end();
            try (Participants participants = Participants.begin(pools, LOCK_TIMEOUT, request.cancellation())) {
                return carryOut(request, isCopied, participants, epochs, catalog);
            }
        } catch (ShardFailure | Refusal failed) {
            release(epochs.held);
            throw failed;
        }
    }

    private Epochs epochs(TableChange change, StoredTopology stored, Catalog catalog) throws Refusal {
        String table = change.table().toString();
        String name = UUID.randomUUID().toString();
        StoredTable after = NextTopology.of(change, file, stored, catalog, name)
                .table(table)
                .orElseThrow();
        boolean isSpreadNow = change instanceof TableChange.Gather || change instanceof TableChange.Place;
        StoredTable spread = isSpreadNow ? stored.table(table).orElseThrow() : after;
        StoredTopology held = stored.holding(UUID.randomUUID().toString(), spread);
        return new Epochs(held, name, held.with(name, after));
    }

    private StoredTopology stored() throws Refusal {
        try {
            return store.read().orElse(StoredTopology.NOTHING);
        } catch (StoreFailure away) {
            throw unstored(away);
        }
    }

    /// Stores an epoch on which nothing depends if nobody can tell whether it is stored.
    private boolean append(StoredTopology next) throws Refusal {
        try {
            return store.append(next);
        } catch (StoreFailure away) {
            throw unstored(away);
        }
    }

    private static Refusal unstored(StoreFailure away) {
        return new Refusal("08006", away.getMessage(), "Nothing has changed. Try it again when it can be read.");
    }

    private static Refusal changedMeanwhile() {
        return new Refusal(
                "40001", "another proxy has changed the placement meanwhile", "Nothing has changed. Try it again.");
    }

    private TableOutcome carryOut(
            TableRequest request, boolean isCopied, Participants participants, Epochs epochs, Catalog catalog)
            throws ShardFailure, StoreFailure, Refusal {
        StoredTopology next = epochs.next;
        String gid = InDoubt.gid(file.name(), next.epoch(), epochs.name);
        try {
            TableChange change = request.change();
            TableMove move = new TableMove(change.table(), participants, next, catalog);
            switch (change) {
                case TableChange.Place place -> move.take(place.key());
                case TableChange.Shard _ -> move.spread();
                case TableChange.Copy _ -> move.copy();
                case TableChange.Gather _ -> move.gather(isCopied);
            }
            request.cancellation().beginDeciding();
            if (!participants.commit(gid, store, next)) {
                throw changedMeanwhile();
            }
            return new TableOutcome.Done(change, next.epoch(), move.arrived(), move.notices());
        } finally {
            participants.rollBack(gid);
        }
    }

    /// Lets everybody use a table again that is where it was. Where that cannot be stored now, it is done by
    /// [#releaseAbandoned].
    private void release(StoredTopology held) {
        try {
            store.append(held.next(UUID.randomUUID().toString()));
        } catch (StoreFailure away) {
            LOGGER.warn("a table stays closed until the placement can be changed: {}", away.getMessage());
        }
    }

    /// Lets everybody use a table again that a proxy has left in the middle of a change. Whatever that one has prepared
    /// cannot be decided any more, unless it is decided already.
    public void releaseAbandoned() throws ShardFailure, StoreFailure {
        Optional<ChangeLock> free = ChangeLock.take(pools.getFirst());
        if (free.isPresent()) {
            try (ChangeLock _ = free.get()) {
                store.read().filter(stored -> stored.held().isPresent()).ifPresent(this::release);
            }
        }
    }
}
