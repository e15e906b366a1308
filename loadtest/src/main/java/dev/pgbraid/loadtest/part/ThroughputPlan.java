package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.load.Mode;
import java.util.List;

/// Which loads are run, and where.
///
/// @param name the name of the part
/// @param seconds how long each load lasts
/// @param rounds how often each contender gets each load
/// @param threads threads of a proxy that carry traffic; 0 for its own choice
/// @param cpus the CPUs for proxy, server and clients together
/// @param aimed whether the aims for CPU time are for this plan
public record ThroughputPlan(
        String name,
        String title,
        List<Integer> clients,
        List<Mode> modes,
        int seconds,
        int rounds,
        int threads,
        String cpus,
        boolean aimed) {

    public ThroughputPlan {
        clients = List.copyOf(clients);
        modes = List.copyOf(modes);
    }
}
