package dev.pgbraid.proxy.client;

import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.Throttle;
import dev.pgbraid.proxy.net.Tls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What all event loops have in common about who comes in: how many there are, and how they encrypt.
final class Gate {
    private final Throttle throttle;
    private final Tls tls;
    private final CancelKeys cancelKeys;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final Map<String, AtomicInteger> clientsOfUsers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> clientsOfDatabases = new ConcurrentHashMap<>();

    Gate(Throttle throttle, Tls tls, CancelKeys cancelKeys) {
        this.cancelKeys = cancelKeys;
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

    int logins() {
        return logins.get();
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

    /// Counts a client that has logged in as one of its user's and of its database's.
    ///
    /// @throws ProxyException if there is no room; then it has not been counted
    void enter(Identity identity, LimitConfig limits) {
        String user = identity.user().name();
        String database = identity.database();
        if (!enter(count(clientsOfUsers, user), limits.clientsMaxPerUser().orElse(Integer.MAX_VALUE))) {
            throw tooMany("role", user, "limits.clients-max-per-user");
        }
        if (!enter(
                count(clientsOfDatabases, database),
                limits.clientsMaxPerDatabase().orElse(Integer.MAX_VALUE))) {
            count(clientsOfUsers, user).decrementAndGet();
            throw tooMany("database", database, "limits.clients-max-per-database");
        }
    }

    void leave(Identity identity) {
        count(clientsOfUsers, identity.user().name()).decrementAndGet();
        count(clientsOfDatabases, identity.database()).decrementAndGet();
    }

    /// Only names of those who have logged in get here, so there are not many.
    private static AtomicInteger count(Map<String, AtomicInteger> counts, String name) {
        return counts.computeIfAbsent(name, _ -> new AtomicInteger());
    }

    private static ProxyException tooMany(String what, String name, String key) {
        return new ProxyException(
                ErrorCode.TOO_MANY_CLIENTS,
                "too many connections for " + what + " \"" + name + "\"",
                "See " + key + ".");
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
