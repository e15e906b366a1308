package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.load.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one run of `bench relay` does.
///
/// @param seconds of each load of the throughput parts
/// @param rounds of each load of the throughput parts
/// @param threads of pgbraid in the part `throughput`
/// @param pgbraid its launcher
record RelayPlan(
        Set<PartName> parts,
        List<Integer> clients,
        List<Mode> modes,
        int seconds,
        int rounds,
        int threads,
        String transport,
        Optional<Path> pgbraid) {

    /// The parts, in the order in which they run.
    enum PartName {
        THROUGHPUT,
        PARALLEL,
        START,
        IDLE,
        FAIRNESS,
        MEMORY
    }

    RelayPlan {
        parts = Set.copyOf(parts);
        clients = List.copyOf(clients);
        modes = List.copyOf(modes);
    }
}
