package dev.pgbraid.proxy.control;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.control.catalog.CatalogUnion;
import dev.pgbraid.proxy.control.placement.Declarations;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.Placement;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.Sharding;
import dev.pgbraid.router.topology.ColocationGroup;
import dev.pgbraid.router.topology.DeclaredTopology;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.topology.UncheckedConstraints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All that is known of a database at one moment.
///
/// @param stored the placement
/// @param problems how shards differ, what is wrong with declarations, and what shards cannot check, each in words
public record ClusterState(Snapshot snapshot, StoredTopology stored, List<String> problems) {
    public ClusterState {
        problems = List.copyOf(problems);
    }

    static ClusterState of(DatabaseConfig file, StoredTopology stored, CatalogUnion.Result union) {
        StoredTopology seen = stored.seenHeld();
        DatabaseConfig database = Declarations.database(file, seen);
        Topology declared = DeclaredTopology.of(
                database, union.catalog(), table -> StoredDirectory.of(table, seen, union.catalog()));
        Topology topology = declared.with(groups(declared, seen), stored.held().map(ClusterState::name));
        List<String> problems = new ArrayList<>(union.differences());
        problems.addAll(topology.problems());
        problems.addAll(UncheckedConstraints.of(union.catalog(), topology));
        return new ClusterState(new Snapshot(union.catalog(), topology), stored, problems);
    }

    private static Map<ObjectName, ColocationGroup> groups(Topology topology, StoredTopology stored) {
        Map<String, ShardId> shards =
                topology.shards().stream().collect(Collectors.toMap(ShardId::name, Function.identity()));
        Map<ObjectName, ColocationGroup> groups = new HashMap<>();
        for (StoredTable table : stored.tables()) {
            ObjectName name = name(table);
            if (topology.location(name) instanceof Location.Sharded(ColocationGroup group, var _)
                    && group.sharding().function().buckets()
                            == table.placement().size()) {
                List<ShardId> placed =
                        table.placement().stream().map(shards::get).toList();
                Placement placement = new Placement(stored.epoch(), placed);
                groups.put(
                        name,
                        new ColocationGroup(name, new Sharding(group.sharding().function(), placement)));
            }
        }
        return groups;
    }

    private static ObjectName name(StoredTable table) {
        int dot = table.name().indexOf('.');
        return new ObjectName(table.name().substring(0, dot), table.name().substring(dot + 1));
    }
}
