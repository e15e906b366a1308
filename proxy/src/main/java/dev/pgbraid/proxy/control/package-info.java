/// The control plane of a database: its catalog and its placement, kept up to date, and the work that changes them.
///
/// It may block, and runs on virtual threads beside the data path. The two meet in immutable snapshots.
///
/// ```
/// shards ── catalog ───┐
///                      ├─► ClusterReader ─► ClusterState ─► Cluster ─► Snapshot of the router
/// store ── placement ──┘
/// ```
@NullMarked
package dev.pgbraid.proxy.control;

import org.jspecify.annotations.NullMarked;
