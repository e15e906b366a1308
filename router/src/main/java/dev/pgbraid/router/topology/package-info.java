/// Where the relations of a database are.
///
/// A [dev.pgbraid.router.topology.Topology] joins what is declared of tables with what the catalog says of them. It is
/// an immutable picture, as the catalog is, and a [dev.pgbraid.router.topology.Snapshot] is both.
@NullMarked
package dev.pgbraid.router.topology;

import org.jspecify.annotations.NullMarked;
