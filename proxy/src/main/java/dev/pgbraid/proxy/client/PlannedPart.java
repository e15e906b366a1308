package dev.pgbraid.proxy.client;

import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.sharding.ShardSet;

/// A part of a gathering, for the values of one request.
///
/// @param shards those that have rows of it
record PlannedPart(Gathering.Part part, ShardSet shards) {}
