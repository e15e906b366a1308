package dev.pgbraid.router.binding;

import dev.pgbraid.router.sharding.ShardId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement with its names bound.
///
/// @param query what it reads, if it is a query
/// @param changes what it writes, those in `WITH` included
/// @param shards the shards that it cannot do without, each with a reason
/// @param parameters the types of parameters whose every use has the same one
/// @param times what of it may be read as a time
public record BoundStatement(
        Optional<BoundQuery> query,
        List<Change> changes,
        Effects effects,
        Map<ShardId, String> shards,
        Map<Integer, ParameterType> parameters,
        TimeTexts times) {

    public BoundStatement {
        changes = List.copyOf(changes);
        shards = Map.copyOf(shards);
        parameters = Map.copyOf(parameters);
    }
}
