/// Readings of processes and of the machine, and what is computed from them.
@NullMarked
package dev.pgbraid.loadtest.measure;

import org.jspecify.annotations.NullMarked;
