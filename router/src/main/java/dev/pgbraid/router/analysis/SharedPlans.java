package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans that are made once for all statements of a template.
final class SharedPlans {
    private final List<Plan.OnShard> reading;
    private final List<Plan.OnShard> writing;
    private Plan.@Nullable Scatter lastScatter;

    SharedPlans(List<ShardId> shards) {
        reading = shards.stream()
                .map(shard -> new Plan.OnShard(shard, Access.READ))
                .toList();
        writing = shards.stream()
                .map(shard -> new Plan.OnShard(shard, Access.WRITE))
                .toList();
    }

    /// The plan on several shards, which most often are those of the statement before.
    Plan scatter(ShardSet shards, Access access) {
        Plan.Scatter known = lastScatter;
        if (known == null || known.access() != access || !known.shards().equals(shards)) {
            known = new Plan.Scatter(shards, access);
            lastScatter = known;
        }
        return known;
    }

    Plan onShard(ShardId shard, Access access) {
        return switch (access) {
            case READ -> reading.get(shard.index());
            case WRITE -> writing.get(shard.index());
        };
    }
}
