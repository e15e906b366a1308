package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.load.LoadResult;

/// One load on one contender, and what the proxy's process used for it. All zero for a server without a proxy.
///
/// @param cpuNanos CPU time of all threads
/// @param jvmNanos the part of it that went into compiling and collecting garbage
public record Trial(LoadResult load, long cpuNanos, long jvmNanos) {}
