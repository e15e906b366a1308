package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Reads from a client and its backends only while the other side, and the session, can take it.
final class Flow {
    /// More unanswered messages than this stop a client from sending more.
    private static final int UNANSWERED_MAX = 32 * 1024;

    /// More bytes than this that wait for a backend do so too.
    private static final int HELD_BYTES_MAX = 64 * 1024;

    private final Channel client;
    private boolean reading = true;

    Flow(Channel client) {
        this.client = client;
    }

    /// Whether the client is not read from.
    boolean isStopped() {
        return !reading;
    }

    /// @param heldBytes how much of what the client has sent must wait
    void regulate(@Nullable Backend lent, @Nullable Detour detour, int heldBytes) {
        boolean wanted = client.isWritable()
                && (lent == null || (lent.isWritable() && lent.responses().size() < UNANSWERED_MAX))
                && heldBytes < HELD_BYTES_MAX;
        if (wanted != reading) {
            reading = wanted;
            client.config().setAutoRead(wanted);
        }
        if (lent != null) {
            lent.read(client.isWritable());
        }
        if (detour != null) {
            detour.read(client.isWritable());
        }
    }
}
