package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which session each cancel key belongs to. Shared by all event loops.
final class CancelKeys {
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Holder> holders = new ConcurrentHashMap<>();

    private record Holder(ByteString secret, Session session) {}

    /// Makes a key for a session.
    CancelKey issue(Session session, int secretBytes) {
        byte[] secret = new byte[secretBytes];
        random.nextBytes(secret);
        CancelKey key;
        do {
            // Some clients take a negative process id for an error.
            key = new CancelKey(random.nextInt() & Integer.MAX_VALUE, ByteString.copyOf(secret));
        } while (holders.putIfAbsent(key.processId(), new Holder(key.secret(), session)) != null);
        return key;
    }

    void withdraw(int processId) {
        holders.remove(processId);
    }

    /// Passes a request on to the session that it is for. Nobody learns whether there is one.
    void cancel(CancelKey key) {
        Holder holder = holders.get(key.processId());
        if (holder != null
                && MessageDigest.isEqual(
                        holder.secret.toByteArray(), key.secret().toByteArray())) {
            holder.session.loop().execute(holder.session::cancelRequested);
        }
    }
}
