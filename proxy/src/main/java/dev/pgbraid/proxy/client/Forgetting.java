package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is known of texts that make a server drop prepared statements, before the answers to them come.
final class Forgetting {
    private static final int HEADER_BYTES = 5;

    /// Whether the server has been asked, and in which batch.
    private boolean asked;

    private long askedBatch;

    /// The portal that asks when it is executed in that batch.
    private byte @Nullable [] portal;

    /// The batch in which the server has come to that, unless it skips the rest of the batch.
    private long reachedBatch = -1;

    /// A backend was lent, whose batches have numbers of their own.
    void attached() {
        asked = false;
        portal = null;
        reachedBatch = -1;
    }

    /// A text is sent that asks.
    void asked(Backend backend) {
        asked = true;
        askedBatch = backend.batch();
    }

    /// Whether an Execute must be seen whole.
    boolean isWatchingPortals() {
        return portal != null;
    }

    /// Takes note of a Bind at `at`, of which `here` bytes have arrived: its portal may be the one that asks, or
    /// replace
    /// that.
    void binds(boolean asks, ByteBuf in, int at, int here) {
        if (asks) {
            portal = portal(in, at, here);
        } else if (portal != null && Arrays.equals(portal, portal(in, at, here))) {
            portal = null;
        }
    }

    /// Takes note of an Execute at `at`, all of which has arrived if portals are watched.
    void executes(Backend backend, ByteBuf in, int at, int here) {
        if (portal != null && Arrays.equals(portal, portal(in, at, here))) {
            asked(backend);
            reachedBatch = backend.batch();
        }
    }

    /// Whether the server has dropped all statements by the time it comes to what is sent now.
    boolean isReached(Backend backend) {
        return reachedBatch == backend.batch();
    }

    /// Whether it is certain that the server has done what it was asked in earlier batches, or not.
    boolean isSettled(Backend backend) {
        if (asked && askedBatch != backend.batch()) {
            asked = backend.responses().isBatchDue();
            return !asked;
        }
        return true;
    }

    private static byte[] portal(ByteBuf in, int at, int here) {
        int portal = at + HEADER_BYTES;
        int end = in.indexOf(portal, at + here, (byte) 0);
        byte[] name = new byte[Math.max(0, end - portal)];
        in.getBytes(portal, name);
        return name;
    }
}
