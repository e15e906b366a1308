package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.ParameterType;
import dev.pgbraid.router.binding.TimeTexts;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was proven of a statement that needs rows of sharded tables.
///
/// @param pins what is known of the rows that it reads or changes; it runs on one shard if that has all of them
/// @param newRows the rows that it inserts
/// @param kept what it sets keys to
/// @param required the shard that it needs for other reasons, and a reason
/// @param scatter the shards that have a part of its rows, if it is right to ask each for its part
/// @param otherwise what becomes of it when it needs rows of several shards
/// @param home the shard for a statement that needs no row at all
/// @param times what several shards would read as another moment each if there is a word for now in it
record Proof(
        List<Pin> pins,
        List<NewRows> newRows,
        List<KeptKey> kept,
        Optional<Required> required,
        Optional<Coverage> scatter,
        Plan otherwise,
        Access access,
        ShardId home,
        Map<Integer, ParameterType> parameters,
        TimeTexts times) {

    Proof {
        pins = List.copyOf(pins);
        newRows = List.copyOf(newRows);
        kept = List.copyOf(kept);
        parameters = Map.copyOf(parameters);
    }

    /// A shard that a statement needs for more than the rows of sharded tables.
    record Required(ShardId shard, String reason) {}
}
