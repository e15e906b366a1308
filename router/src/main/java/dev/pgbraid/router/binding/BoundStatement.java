package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.tree.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement with its names bound.
///
/// @param query what it reads, if it is a query
/// @param changes what it writes, those in `WITH` included
/// @param shards the shards that it cannot do without, each with a reason
/// @param tables what the tables in `FROM` are, by where they stand in the statement; nothing for one that is not
///     in the catalog. Common tables are not among them.
/// @param parameters the types of parameters whose every use has the same one
/// @param times what of it may be read as a time
public record BoundStatement(
        Optional<BoundQuery> query,
        List<Change> changes,
        Effects effects,
        Map<ShardId, String> shards,
        Map<Span, Optional<Relation>> tables,
        Map<Integer, ParameterType> parameters,
        TimeTexts times) {

    public BoundStatement {
        changes = List.copyOf(changes);
        shards = Map.copyOf(shards);
        tables = Map.copyOf(tables);
        parameters = Map.copyOf(parameters);
    }
}
