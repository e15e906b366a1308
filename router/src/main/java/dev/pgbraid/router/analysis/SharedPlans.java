package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plans that are made once for all statements of a template.
final class SharedPlans {
    private final Map<Access, List<Plan.OnShard>> onShard = new EnumMap<>(Access.class);
    private Plan.@Nullable Scatter lastScatter;

    SharedPlans(List<ShardId> shards) {
        for (Access access : Access.values()) {
            onShard.put(
                    access,
                    shards.stream()
                            .map(shard -> new Plan.OnShard(shard, access))
                            .toList());
        }
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
        return Objects.requireNonNull(onShard.get(access)).get(shard.index());
    }
}
