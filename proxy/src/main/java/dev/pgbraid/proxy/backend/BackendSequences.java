package dev.pgbraid.proxy.backend;

import java.nio.charset.StandardCharsets;

/// What a server's session remembers of sequences. A tenant may ask for that only if none of it is anybody else's.
///
/// It is forgotten with each change of tenants, but only where anybody has ever asked: others need not pay for it.
public final class BackendSequences {
    private static final byte[] FORGET = "DISCARD SEQUENCES".getBytes(StandardCharsets.US_ASCII);

    private final Backend backend;
    private boolean wasLent;

    /// Whether there may be what an earlier tenant got, or this one an earlier time.
    private boolean areOld;

    BackendSequences(Backend backend) {
        this.backend = backend;
    }

    /// The backend is lent, and has been sent nothing of the tenant's.
    void lent() {
        areOld = wasLent;
        wasLent = true;
        if (areOld && backend.pool().sequencesAreRead()) {
            forget();
        }
    }

    /// Makes sure that the server remembers nothing but what the tenant has got now; false if it is too late for that.
    public boolean areOwn() {
        backend.pool().readSequences();
        if (areOld && backend.hasRunNothing()) {
            forget();
        }
        return !areOld;
    }

    private void forget() {
        backend.begin(FORGET);
        areOld = false;
    }
}
