package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import java.util.List;

/// The plans on one shard, made once for all statements of a template.
final class SharedPlans {
    private final List<Plan.OnShard> reading;
    private final List<Plan.OnShard> writing;

    SharedPlans(List<ShardId> shards) {
        reading = shards.stream()
                .map(shard -> new Plan.OnShard(shard, Access.READ))
                .toList();
        writing = shards.stream()
                .map(shard -> new Plan.OnShard(shard, Access.WRITE))
                .toList();
    }

    Plan onShard(ShardId shard, Access access) {
        return switch (access) {
            case READ -> reading.get(shard.index());
            case WRITE -> writing.get(shard.index());
        };
    }
}
