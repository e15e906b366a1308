/// Changes which shards hold the rows of a table, in one step over all shards.
///
/// Every shard prepares its part of the change; storing the next epoch decides it; then every shard commits. A proxy
/// that dies in between leaves prepared transactions, which any other one ends the way that was decided.
@NullMarked
package dev.pgbraid.proxy.control.table;

import org.jspecify.annotations.NullMarked;
