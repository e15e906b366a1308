package dev.pgbraid.proxy.client;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.config.TimeoutConfig;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Errors;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees how long a session has been at what it is at, by looking at it now and then, and ends what takes too long.
///
/// Sessions note nothing by the clock, so statements cost nothing: what looks as it did the last time has lasted since
/// then. A timeout is thus never early, and two periods late at most.
final class SessionWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionWatch.class);

    static final Duration PERIOD = Duration.ofMillis(250);

    private final Session session;
    private TimeoutConfig timeouts;
    private ClientState condition = ClientState.IDLE;
    private @Nullable Backend backend;
    private long progress = -1;
    private long since;
    private boolean inTransaction;
    private long transactions;
    private long transactionSince;
    private boolean noticed;

    /// @param timeouts of the session
    SessionWatch(Session session, TimeoutConfig timeouts) {
        this.session = session;
        this.timeouts = timeouts;
    }

    /// Goes by other timeouts from now on.
    void heed(TimeoutConfig next) {
        timeouts = next;
    }

    /// Whether there is anything to watch the session for.
    private boolean isNeeded(PoolConfig pools) {
        return !(timeouts.clientIdle().isZero()
                && timeouts.idleTransaction().isZero()
                && timeouts.transaction().isZero()
                && timeouts.statement().isZero()
                && pools.waitNotice().isZero());
    }

    /// Looks at the session, and does what is due.
    void look(PoolConfig pools, long now) {
        if (!isNeeded(pools) || session.isClosed()) {
            return;
        }
        observe(now);
        if (inTransaction && isOver(timeouts.transaction(), transactionSince, now)) {
            end(SessionErrors.transactionTimeout());
            return;
        }
        switch (condition) {
            case IDLE -> {
                if (isOver(timeouts.clientIdle(), since, now)) {
                    end(SessionErrors.clientIdle());
                }
            }
            case IDLE_IN_TRANSACTION -> {
                if (isOver(timeouts.idleTransaction(), since, now)) {
                    end(SessionErrors.transactionIdle());
                }
            }
            case RUNNING -> {
                if (isOver(timeouts.statement(), since, now)) {
                    since = now;
                    cancelStatement();
                }
            }
            case WAITING -> {
                if (!noticed && isOver(pools.waitNotice(), since, now)) {
                    noticed = true;
                    notice();
                }
            }
        }
    }

    private void observe(long now) {
        Backend lent = session.backend();
        ClientState seen = state(session);
        observeTransaction(seen, now);
        observeProgress(seen, lent, now);
        condition = seen;
        backend = lent;
    }

    /// A transaction is the same while the client has not been told that it is over, whatever backend it is on.
    private void observeTransaction(ClientState seen, long now) {
        boolean was = inTransaction;
        inTransaction = switch (seen) {
            case IDLE -> false;
            case IDLE_IN_TRANSACTION, RUNNING -> true;
            case WAITING -> isOpen(session);
        };
        if (!was || !inTransaction || session.meter().transactions() != transactions) {
            transactionSince = now;
        }
        transactions = session.meter().transactions();
    }

    private void observeProgress(ClientState seen, @Nullable Backend lent, long now) {
        long answered =
                lent == null ? session.meter().transactions() : lent.responses().answered();
        // A client that sends more does not make the statement that runs any younger.
        long seenProgress = seen == ClientState.RUNNING
                ? answered
                : answered + session.meter().arrivals();
        if (seen != condition || seenProgress != progress || !Objects.equals(lent, backend)) {
            since = now;
            noticed = false;
        }
        progress = seenProgress;
    }

    /// What the client of a session is at.
    static ClientState state(Session session) {
        Backend lent = session.backend();
        Detour detour = session.steering().detour();
        if (session.isWaiting() || (detour != null && detour.isWaiting())) {
            return ClientState.WAITING;
        }
        if (detour != null) {
            return ClientState.RUNNING;
        }
        if (lent == null) {
            return isOpen(session) ? ClientState.IDLE_IN_TRANSACTION : ClientState.IDLE;
        }
        if (lent.isFree()) {
            return ClientState.IDLE;
        }
        return lent.responses().isEmpty() ? ClientState.IDLE_IN_TRANSACTION : ClientState.RUNNING;
    }

    /// Whether there is a transaction, be it on no shard yet.
    private static boolean isOpen(Session session) {
        return session.steering().status() != TransactionStatus.IDLE;
    }

    /// What the proxy itself has asked of the server is not the client's statement.
    private void cancelStatement() {
        Backend lent = session.backend();
        if (lent == null || (lent.responses().due().isForClient() && !lent.isBeingCanceled())) {
            session.log(LOGGER.atInfo()).log("canceling a statement, see timeouts.statement");
            session.cancelRequested();
        }
    }

    private void end(ProxyException why) {
        session.log(LOGGER.atInfo()).log(why.getMessage());
        session.end(Errors.fields(why));
    }

    private void notice() {
        new NoticeResponse(SessionErrors.WAITING).encode(session.writer().append(128));
        session.writer().flush();
    }

    private static boolean isOver(Duration timeout, long since, long now) {
        return !timeout.isZero() && now - since > timeout.toNanos();
    }
}
