package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.util.OptionalLong;
import java.util.Set;

/// Something that clients can be pointed at.
///
/// @param pid the process of the proxy, which the server itself does not have
/// @param modes what it can carry
public record Contender(String name, Endpoint endpoint, OptionalLong pid, Set<Mode> modes) {

    public Contender {
        modes = Set.copyOf(modes);
    }
}
