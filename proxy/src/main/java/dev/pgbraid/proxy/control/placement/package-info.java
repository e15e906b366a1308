/// Which tables are sharded how, and where their buckets are: what is stored, and where.
///
/// A [dev.pgbraid.proxy.control.placement.StoredTopology] is the whole of it in one epoch. A
/// [dev.pgbraid.proxy.control.placement.PlacementStore] takes the next one from whoever is first, so that any number of
/// proxies can change it without knowing each other.
@NullMarked
package dev.pgbraid.proxy.control.placement;

import org.jspecify.annotations.NullMarked;
