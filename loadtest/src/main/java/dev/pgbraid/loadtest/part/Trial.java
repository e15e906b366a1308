package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.load.LoadResult;

/// One load on one contender, and what the proxy's process used for it. All zero for a server without a proxy.
///
/// @param cpuNanos CPU time of all threads but the compilers of a JVM
/// @param compilerNanos CPU time of those, which stop once the program is warm
public record Trial(LoadResult load, long cpuNanos, long compilerNanos) {}
