/// What clients do to a server: pgbench's select-only transaction, in three modes.
@NullMarked
package dev.pgbraid.loadtest.load;

import org.jspecify.annotations.NullMarked;
