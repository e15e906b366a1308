package dev.pgbraid.router.utility;

import dev.pgbraid.router.binding.CodeCheck;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.tree.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the shards for statements that are no queries.
public final class UtilityPlanner {
    private final Topology topology;
    private final Places places;
    private final RelationPlanner relationPlanner;

    public UtilityPlanner(Snapshot snapshot, Perspective perspective) {
        this.topology = snapshot.topology();
        this.places = new Places(snapshot, perspective);
        this.relationPlanner = new RelationPlanner(topology, places, new CodeCheck(snapshot));
    }

    /// The plan of a statement for which no query has to be planned.
    public Plan plan(Utility utility) {
        if (isAllAtHome()) {
            return atHome();
        }
        return switch (utility) {
            case Utility.Alike() -> everywhere();
            case Utility.AtHome(), Utility.Ungrammatical() -> atHome();
            case Utility.OfServer(String command) -> Refusals.ofServer(command);
            case Utility.Unreadable(String command) -> Refusals.unreadable(command);
            case Utility.SchemaRenamed renamed -> rename(renamed);
            case Utility.OfRelations relations -> relationPlanner.plan(relations);
            case Utility.Derived _, Utility.OfQuery _ ->
                throw new IllegalArgumentException("the query has to be planned: " + utility);
        };
    }

    private boolean isAllAtHome() {
        return topology.shards().size() == 1 || topology.isUndeclared();
    }

    private Plan atHome() {
        return new Plan.OnShard(topology.home(), Access.WRITE);
    }

    private Plan everywhere() {
        return new Plan.Everywhere(topology.allShards());
    }

    /// The plan of `CREATE VIEW`: it is where what it reads is.
    public Plan planView(Utility.Derived view, Statement query) {
        if (isAllAtHome()) {
            return atHome();
        }
        Place source = places.ofAll(QueryRelations.of(query));
        Place made = places.finder().isTemporary(view.name()) ? new Place.OneShard(topology.home()) : source;
        return switch (Places.together(made, source)) {
            case Place.OneShard(ShardId shard) -> new Plan.OnShard(shard, Access.WRITE);
            case Place.Copies _, Place.Sharded _, Place.Anywhere _ -> everywhere();
            case Place.Unknown(String reason) -> Refusals.unknown(view.command(), reason);
        };
    }

    /// The plan of a statement that makes a table of what a query gives.
    ///
    /// @param source where the query runs
    public Plan planTable(Utility.Derived table, Plan source) {
        if (isAllAtHome()) {
            return atHome();
        }
        Place place = places.ofMade(table.name());
        if (!(place instanceof Place.OneShard(ShardId shard))) {
            return Refusals.of(
                    table.command() + " is not supported yet for a table that several shards hold",
                    "Create the table by its columns, then INSERT the rows.");
        }
        return switch (source) {
            case Plan.Refused refused -> refused;
            case Plan.OnShard(ShardId from, Access _) when from.equals(shard) -> new Plan.OnShard(shard, Access.WRITE);
            case Plan.OnAnyShard() -> new Plan.OnShard(shard, Access.WRITE);
            case Plan.OnShard _, Plan.Scatter _, Plan.Gather _, Plan.Everywhere _ ->
                Refusals.of(
                        table.command() + " is not supported yet when the rows are on other shards than the table",
                        "Create the table by its columns, then INSERT the rows.");
        };
    }

    /// The plan of a statement that runs or shows a query, such as `COPY (query) TO` or `EXPLAIN`.
    ///
    /// @param source where the query itself runs
    public Plan planQuery(Utility.OfQuery of, Plan source) {
        return switch (source) {
            case Plan.OnAnyShard() -> of.onServer() ? atHome() : source;
            case Plan.Refused _, Plan.OnShard _ -> source;
            case Plan.Scatter _, Plan.Gather _, Plan.Everywhere _ ->
                Refusals.of(
                        of.command() + " is not supported yet for what needs several shards",
                        "EXPLAIN (ROUTE) shows where a statement runs. With a comment /* pgbraid: shard=… */ it is "
                                + "about that shard alone.");
        };
    }

    private Plan rename(Utility.SchemaRenamed renamed) {
        Optional<String> declared = topology.declaredTables().stream()
                .filter(table -> List.of(renamed.from(), renamed.to()).contains(table.schema()))
                .map(ObjectName::toString)
                .min(Comparator.naturalOrder());
        if (declared.isPresent()) {
            return Refusals.of(
                    "schema " + renamed.from() + " cannot be renamed: table " + declared.get()
                            + " is declared by the name of its schema",
                    "Change the configuration of pgbraid first.");
        }
        boolean isMoved = !topology.shardOf(renamed.from()).equals(topology.shardOf(renamed.to()));
        return isMoved ? Refusals.mixed("ALTER SCHEMA") : everywhere();
    }
}
