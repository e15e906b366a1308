package dev.pgbraid.proxy.backend;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a server's session remembers of sequences. A tenant may ask for that only if none of it is anybody else's.
///
/// It is forgotten with each change of tenants, but only where anybody has ever asked: others need not pay for it.
public final class BackendSequences {
    private static final byte[] FORGET = "DISCARD SEQUENCES".getBytes(StandardCharsets.US_ASCII);

    private final Backend backend;
    private @Nullable Tenant last;

    /// Whether there may be what another tenant got.
    private boolean areOthers;

    BackendSequences(Backend backend) {
        this.backend = backend;
    }

    /// The backend is about to be lent.
    void lend(Tenant to) {
        boolean hasRun = !backend.hasRunNothing();
        areOthers |= hasRun && last != null && !last.equals(to);
        last = to;
        if (hasRun && backend.pool().sequencesAreRead()) {
            forget();
        }
    }

    /// Makes sure that the server remembers nothing but what the tenant has got now; false if it is too late for that.
    public boolean areOwn() {
        backend.pool().readSequences();
        if (backend.hasRunNothing()) {
            forget();
        }
        return !areOthers;
    }

    private void forget() {
        backend.begin(FORGET);
        areOthers = false;
    }
}
