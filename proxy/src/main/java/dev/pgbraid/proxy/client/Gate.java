package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.Throttle;
import dev.pgbraid.proxy.net.Tls;
import java.util.concurrent.atomic.AtomicInteger;

/// What all event loops have in common about who comes in: how many there are, and how they encrypt.
final class Gate {
    private final Throttle throttle;
    private final Tls tls;
    private final CancelKeys cancelKeys = new CancelKeys();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();

    Gate(Throttle throttle, Tls tls) {
        this.throttle = throttle;
        this.tls = tls;
    }

    /// Refuses who has failed too often lately.
    void requireAdmitted(Applicant applicant) {
        if (!throttle.admits(applicant.address())) {
            throw new ProxyException(
                    ErrorCode.TOO_MANY_LOGINS,
                    "too many logins from " + applicant.address().getHostAddress() + " have failed",
                    "Wait a minute; see limits.login-failures-max.");
        }
    }

    CancelKeys cancelKeys() {
        return cancelKeys;
    }

    Tls tls() {
        return tls;
    }

    /// Counts a connection in that has yet to log in, if there is room.
    boolean beginLogin(int max) {
        return enter(logins, max);
    }

    void endLogin() {
        logins.decrementAndGet();
    }

    Throttle throttle() {
        return throttle;
    }

    /// Counts a client in, if there is room.
    boolean enter(int max) {
        return enter(clients, max);
    }

    private static boolean enter(AtomicInteger count, int max) {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    void leave() {
        clients.decrementAndGet();
    }

    int clients() {
        return clients.get();
    }

    void requireEncryption(boolean encrypted) {
        if (tls.isRequiredOfClients() && !encrypted) {
            throw new ProxyException(
                    ErrorCode.ENCRYPTION_REQUIRED, "connections must use TLS", "Connect with sslmode=require.");
        }
    }
}
