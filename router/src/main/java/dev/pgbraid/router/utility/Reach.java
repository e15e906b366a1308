package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.tree.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What kinds of relations a query names, itself or by its views.
///
/// @param sharded whether one has its rows on several shards
/// @param onOneShard whether one is on one shard only
/// @param leaders of the tables that are colocated with those that are sharded
public record Reach(boolean sharded, boolean onOneShard, Set<ObjectName> leaders) {
    /// That of a statement that names no relations.
    public static final Reach NONE = new Reach(false, false, Set.of());

    public Reach {
        leaders = Set.copyOf(leaders);
    }

    public static Reach of(Statement query, Snapshot snapshot, Perspective perspective) {
        boolean sharded = false;
        boolean onOneShard = false;
        Set<ObjectName> leaders = new HashSet<>();
        for (Place place : new Places(snapshot, perspective).each(QueryRelations.of(query), 0)) {
            boolean isMixed = place instanceof Place.Unknown;
            sharded |= isMixed;
            onOneShard |= isMixed || place instanceof Place.OneShard;
            if (place instanceof Place.Sharded table) {
                sharded = true;
                Optional<ObjectName> leader = table.leader();
                leader.ifPresent(leaders::add);
            }
        }
        return new Reach(sharded, onOneShard, leaders);
    }
}
