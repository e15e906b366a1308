package dev.pgbraid.proxy.control;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.proxy.control.catalog.CatalogUnion;
import dev.pgbraid.proxy.control.catalog.ShardCatalog;
import dev.pgbraid.proxy.control.catalog.ShardState;
import dev.pgbraid.proxy.control.placement.Declarations;
import dev.pgbraid.proxy.control.placement.EtcdStore;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.sharding.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks once at the shards of a database, and changes nothing.
public final class ClusterCheck {
    private final DatabaseConfig file;
    private final Duration connectTimeout;
    private final List<String> problems = new ArrayList<>();
    private final List<ShardState> states = new ArrayList<>();
    private Optional<ShardCatalog> builtIn = Optional.empty();
    private StoredTopology stored = StoredTopology.NOTHING;

    private ClusterCheck(DatabaseConfig file, Duration connectTimeout) {
        this.file = file;
        this.connectTimeout = connectTimeout;
    }

    /// What a proxy with this file would log: shards that cannot be read, what differs between them, what is wrong with
    /// the declarations, and what shards cannot check, each in words.
    ///
    /// @param file the database as the configuration file declares it, with a user for control
    /// @param connectTimeout how long a connection to a shard may take
    public static List<String> problems(DatabaseConfig file, Duration connectTimeout) {
        ClusterCheck check = new ClusterCheck(file, connectTimeout);
        check.look();
        return List.copyOf(check.problems);
    }

    private void look() {
        for (int i = 0; i < file.shards().size(); i++) {
            ShardConfig shard = file.shards().get(i);
            try (ShardPool pool = new ShardPool(shard, file.control(), connectTimeout);
                    ShardTransaction transaction = pool.read()) {
                read(new ShardId(i, shard.name()), transaction);
            } catch (ShardFailure | StoreFailure failed) {
                problems.add(failed.getMessage());
            }
        }
        if (!file.control().etcd().isEmpty()) {
            readEtcd();
        }
        problems.addAll(Declarations.contradictions(file, stored));
        if (problems.isEmpty()) {
            StoredTopology next =
                    Declarations.additions(file, stored, "a check").orElse(stored);
            CatalogUnion.Result union =
                    CatalogUnion.of(Declarations.database(file, next), builtIn.orElseThrow(), states);
            problems.addAll(ClusterState.of(file, next, union).problems());
        }
    }

    private void readEtcd() {
        try (PlacementStore store = new EtcdStore(file.control().etcd(), file.name())) {
            stored = store.read().orElse(StoredTopology.NOTHING);
        } catch (StoreFailure failed) {
            problems.add(failed.getMessage());
        }
    }

    private void read(ShardId shard, ShardTransaction transaction) throws ShardFailure, StoreFailure {
        ShardState state = ShardState.read(shard, transaction);
        states.add(state);
        if (builtIn.isEmpty()) {
            builtIn = Optional.of(state.builtIn(transaction));
        }
        boolean keepsPlacement = shard.index() == 0 && file.control().etcd().isEmpty();
        if (keepsPlacement
                && transaction.row(
                        "SELECT to_regclass('pgbraid.placement') IS NOT NULL AS there", row -> row.flag("there"))) {
            for (String topology : transaction.rows(
                    "SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1",
                    row -> row.text("topology"))) {
                stored = StoredTopology.of(topology);
            }
        }
    }
}
