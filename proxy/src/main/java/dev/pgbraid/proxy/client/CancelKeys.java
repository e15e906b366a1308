package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.proxy.backend.Backend;
import io.netty.channel.EventLoop;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// Which session each cancel key belongs to. Shared by all event loops.
///
/// A process id of a key is 31 bits: the number of the proxy that has issued it, and 24 at random. The sign is set on
/// the way from one proxy to another, so that no request is passed on twice.
final class CancelKeys {
    private static final int RANDOM_BITS = 24;
    private static final int RANDOM_MASK = (1 << RANDOM_BITS) - 1;

    private final int number;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Holder> holders = new ConcurrentHashMap<>();

    private record Holder(ByteString secret, EventLoop loop, Cancelable session) {}

    /// What can be asked to cancel what it does, on its event loop.
    interface Cancelable {
        /// `done` is called when nothing that the client sends from then on can be hit.
        void cancel(Runnable done);
    }

    /// @param number which of the proxies behind one address this is
    CancelKeys(int number) {
        this.number = number;
    }

    /// The number of the proxy that the request has to be passed on to, if there is one.
    OptionalInt elsewhere(CancelKey key) {
        int issuer = key.processId() >>> RANDOM_BITS;
        return key.processId() < 0 || issuer == number ? OptionalInt.empty() : OptionalInt.of(issuer);
    }

    /// The key as it is passed on.
    static CancelKey passedOn(CancelKey key) {
        return new CancelKey(key.processId() | Integer.MIN_VALUE, key.secret());
    }

    /// Makes a key for a session.
    CancelKey issue(EventLoop loop, Cancelable session, int secretBytes) {
        byte[] secret = new byte[secretBytes];
        random.nextBytes(secret);
        CancelKey key;
        do {
            // Some clients take a negative process id for an error.
            int processId = (number << RANDOM_BITS) | (random.nextInt() & RANDOM_MASK);
            key = new CancelKey(processId, ByteString.copyOf(secret));
        } while (holders.putIfAbsent(key.processId(), new Holder(key.secret(), loop, session)) != null);
        return key;
    }

    void withdraw(int processId) {
        holders.remove(processId);
    }

    /// Passes a request on to the session that it is for. Nobody learns whether there is one; `done` is called when
    /// nothing that the client sends from then on can be hit.
    void cancel(CancelKey key, Runnable done) {
        Holder holder = holders.get(key.processId() & Integer.MAX_VALUE);
        if (holder != null
                && MessageDigest.isEqual(
                        holder.secret.toByteArray(), key.secret().toByteArray())) {
            holder.loop.execute(() -> holder.session.cancel(done));
        } else {
            done.run();
        }
    }

    /// How a session cancels.
    static void cancel(Session session, Runnable done) {
        session.cancelRequested();
        Backend backend = session.backend();
        if (backend == null) {
            done.run();
        } else {
            backend.afterCancels(done);
        }
    }
}
