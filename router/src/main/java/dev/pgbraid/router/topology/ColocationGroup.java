package dev.pgbraid.router.topology;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.Sharding;

/// Tables that are sharded alike, so that rows of the same key are on the same shard.
///
/// @param leader the table with a sharding of its own, which the others share
public record ColocationGroup(ObjectName leader, Sharding sharding) {}
