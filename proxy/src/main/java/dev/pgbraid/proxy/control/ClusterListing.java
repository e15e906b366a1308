package dev.pgbraid.proxy.control;

import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.Placement;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.ColocationGroup;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be seen of a database's shards, tables and buckets, as rows.
///
/// @param shards the rows of `pgbraid.shards`
/// @param tables the rows of `pgbraid.tables`
/// @param buckets the rows of `pgbraid.buckets`
public record ClusterListing(List<Shard> shards, List<Table> tables, List<Buckets> buckets) {
    public ClusterListing {
        shards = List.copyOf(shards);
        tables = List.copyOf(tables);
        buckets = List.copyOf(buckets);
    }

    /// A shard.
    ///
    /// @param number its place in the configuration, from 0
    /// @param isHome whether tables are on it that nobody has declared
    public record Shard(int number, String name, boolean isHome) {}

    /// A table that is declared.
    ///
    /// @param group the table whose sharding it has; empty unless it is sharded or colocated
    /// @param problem why it cannot be used, if it cannot
    public record Table(
            String name, String kind, List<String> key, Optional<String> group, int buckets, Optional<String> problem) {
        public Table {
            key = List.copyOf(key);
        }
    }

    /// A run of buckets on one shard.
    ///
    /// @param group the table whose buckets they are
    /// @param first the number of the first
    /// @param last the number of the last
    public record Buckets(String group, int first, int last, String shard) {}

    /// What can be seen in a state.
    public static ClusterListing of(ClusterState state) {
        Topology topology = state.snapshot().topology();
        List<Shard> shards = topology.shards().stream()
                .map(shard -> new Shard(shard.index(), shard.name(), shard.equals(topology.home())))
                .toList();
        List<Table> tables = new ArrayList<>();
        List<Buckets> buckets = new ArrayList<>();
        for (StoredTable stored : state.stored().tables()) {
            TableConfig declared = stored.declared();
            int dot = stored.name().indexOf('.');
            ObjectName name = new ObjectName(
                    stored.name().substring(0, dot), stored.name().substring(dot + 1));
            Optional<ColocationGroup> group = topology.location(name) instanceof Location.Sharded sharded
                    ? Optional.of(sharded.group())
                    : Optional.empty();
            tables.add(new Table(
                    stored.name(),
                    declared.kind().name().toLowerCase(Locale.ROOT),
                    declared.key(),
                    group.map(each -> each.leader().toString()),
                    group.map(each -> each.sharding().placement().buckets()).orElse(0),
                    topology.problem(name)));
            group.filter(each -> each.leader().equals(name)).ifPresent(each -> addRuns(each, buckets));
        }
        return new ClusterListing(shards, tables, buckets);
    }

    private static void addRuns(ColocationGroup group, List<Buckets> buckets) {
        Placement placement = group.sharding().placement();
        int first = 0;
        for (int next = 1; next <= placement.buckets(); next++) {
            ShardId shard = placement.shardOf(first);
            if (next == placement.buckets() || !placement.shardOf(next).equals(shard)) {
                buckets.add(new Buckets(group.leader().toString(), first, next - 1, shard.name()));
                first = next;
            }
        }
    }
}
