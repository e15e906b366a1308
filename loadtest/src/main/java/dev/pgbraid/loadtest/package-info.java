/// Benchmarks of the proxy against its peers.
@NullMarked
package dev.pgbraid.loadtest;

import org.jspecify.annotations.NullMarked;
