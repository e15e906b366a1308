package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.NotificationHub;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.proxy.session.Tie;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What one session listens to, and what it has yet to be told.
///
/// LISTEN runs on the session's own backend, so that errors and roll-backs are the server's. When the transaction is
/// over, the [NotificationHub] takes the channels over and the backend is free again. Before an UNLISTEN the backend is
/// made to listen to all of them once more, so that afterwards it can be asked what is left.
final class Subscriptions implements NotificationHub.Subscriber {
    /// More bytes than this that a session cannot be told end it.
    private static final int QUEUED_BYTES_MAX = 1024 * 1024;

    private static final int MESSAGE_BYTES = 64;

    private enum Move {
        NONE,
        /// The hub does not listen to all of the channels yet.
        PREPARED,
        /// It does.
        READY,
        /// The backend was told to listen no more.
        SENT
    }

    /// Whether the client has been told what it must hear before it hears that its transaction is over.
    private enum News {
        UNKNOWN,
        AWAITED,
        HERE
    }

    private final Session session;
    private final Belongings belongings;

    /// What the hub listens to for the session.
    private final Set<String> taken = new HashSet<>();

    private final Deque<NotificationResponse> queue = new ArrayDeque<>(0);
    private int queuedBytes;
    private Move move = Move.NONE;
    private News news = News.UNKNOWN;

    /// What the hub is asked to take over, and the how-many-th time that is: an earlier answer decides nothing.
    private Set<String> prepared = Set.of();

    private int attempt;
    private String token = "";

    /// Whether the backend listens to all that the session does.
    private boolean restored;

    Subscriptions(Session session, Belongings belongings) {
        this.session = session;
        this.belongings = belongings;
    }

    private NotificationHub hub() {
        return session.shards().home().hub();
    }

    /// Whether the hub knows of the session.
    boolean isActive() {
        return move != Move.NONE || !taken.isEmpty();
    }

    /// Whether the backend is on its way to listen no more: what the hub has taken over is not settled.
    boolean isLeaving() {
        return move == Move.SENT;
    }

    /// Whether the backend can tell what becomes of an UNLISTEN. It is made to listen to what the session does, which
    /// is
    /// possible between transactions only.
    boolean isReadyToUnlisten(Backend backend) {
        boolean mustRestore = !taken.isEmpty() && !restored;
        if (!isLeaving() && !mustRestore) {
            return true;
        }
        boolean ready = backend.isBetweenTransactions() && !isLeaving();
        if (ready) {
            restore(backend);
            belongings.suspect(SessionChanges.of(Tie.LISTENING));
        }
        return ready;
    }

    private void restore(Backend backend) {
        restored = true;
        backend.run(
                taken.stream()
                        .map(channel -> "LISTEN " + NotificationHub.quoted(channel))
                        .collect(Collectors.joining(";")),
                new Outcome() {});
    }

    /// The backend was asked what the session listens to.
    void settle() {
        if (restored) {
            restored = false;
            Set<String> ended = new HashSet<>(taken);
            ended.removeAll(belongings.channels());
            taken.removeAll(ended);
            hub().end(this, ended);
            for (NotificationResponse unwanted : List.copyOf(queue)) {
                if (ended.contains(unwanted.channel().toString())) {
                    queue.remove(unwanted);
                    queuedBytes -= bytes(unwanted);
                }
            }
        }
        if (isAttempting() && belongings.channels().isEmpty()) {
            giveUp(Set.of());
        }
    }

    /// Moves what the free backend listens to over to the hub, step by step.
    void moveOn(Backend backend) {
        Set<String> fresh = new HashSet<>(belongings.channels());
        fresh.removeAll(taken);
        if (move == Move.READY && !prepared.equals(fresh)) {
            giveUp(fresh);
        }
        switch (move) {
            case NONE -> {
                if (fresh.isEmpty()) {
                    leave(backend);
                } else {
                    move = Move.PREPARED;
                    prepared = fresh;
                    int begun = ++attempt;
                    hub().listen(this, fresh, () -> hubListens(begun, fresh), () -> hubFailed(begun));
                }
            }
            case READY -> {
                token = UUID.randomUUID().toString();
                hub().begin(this, fresh, token);
                String handover = NotificationHub.quoted(NotificationHub.HANDOVER);
                backend.run("LISTEN " + handover + ";NOTIFY " + handover + ",'" + token + "'", new Outcome() {});
                leave(backend);
            }
            case PREPARED, SENT -> {}
        }
    }

    private boolean isAttempting() {
        return move == Move.PREPARED || move == Move.READY;
    }

    /// What was to be taken over is not what the session listens to any more.
    private void giveUp(Set<String> kept) {
        Set<String> unwanted = new HashSet<>(prepared);
        unwanted.removeAll(kept);
        hub().end(this, unwanted);
        prepared = Set.of();
        move = Move.NONE;
    }

    private void hubListens(int begun, Set<String> channels) {
        if (begun == attempt && move == Move.PREPARED) {
            move = Move.READY;
            session.flush();
        } else {
            Set<String> unwanted = new HashSet<>(channels);
            unwanted.removeAll(taken);
            unwanted.removeAll(prepared);
            hub().end(this, unwanted);
        }
    }

    private void hubFailed(int begun) {
        if (begun == attempt && isAttempting()) {
            prepared = Set.of();
            move = Move.NONE;
        }
    }

    private void leave(Backend backend) {
        move = Move.SENT;
        backend.run("UNLISTEN *", new Outcome() {
            @Override
            public void confirmed() {
                move = Move.NONE;
                belongings.listensNoMore();
            }
        });
        backend.writer().flush();
    }

    /// The session's own backend passes something on.
    void notifiedByBackend(NotificationResponse notification) {
        String channel = notification.channel().toString();
        if (channel.equals(NotificationHub.HANDOVER)) {
            if (move == Move.SENT && notification.payload().toString().equals(token)) {
                taken.addAll(belongings.channels());
                prepared = Set.of();
            }
        } else if (!taken.contains(channel)) {
            notification.encode(session.writer().append(MESSAGE_BYTES));
        }
    }

    @Override
    public void notified(NotificationResponse notification) {
        queuedBytes += bytes(notification);
        if (queuedBytes > QUEUED_BYTES_MAX) {
            session.end(ErrorFields.error(
                            Severity.FATAL,
                            SqlState.CONFIGURATION_LIMIT_EXCEEDED,
                            "more than " + QUEUED_BYTES_MAX + " bytes of notifications wait for this client")
                    .withHint("Read faster, and keep transactions short."));
            return;
        }
        queue.addLast(notification);
        deliver();
    }

    @Override
    public void notificationsLost(ProxyException reason) {
        session.end(Errors.fields(new ProxyException(
                ErrorCode.SHARD_LOST, reason.getMessage(), "Notifications may be lost; connect and listen again.")));
    }

    /// Whether the client may be told that its transaction is over. PostgreSQL tells a session first what was notified
    /// meanwhile, also by itself.
    boolean mayEndTransaction() {
        if (taken.isEmpty() && !isLeaving()) {
            return true;
        }
        switch (news) {
            case UNKNOWN -> {
                news = News.AWAITED;
                hub().catchUp(this::newsIsHere);
            }
            case AWAITED -> {}
            case HERE -> {
                news = News.UNKNOWN;
                while (!queue.isEmpty()) {
                    tellNext();
                }
                return true;
            }
        }
        return false;
    }

    private void newsIsHere() {
        Backend backend = session.backend();
        if (backend == null) {
            news = News.UNKNOWN;
        } else {
            news = News.HERE;
            backend.goOn();
        }
    }

    /// Tells the client what waits, as far as it can be told. What it has just unlistened to it must not be told.
    void deliver() {
        while (!queue.isEmpty() && !restored && session.canBeTold()) {
            tellNext();
            session.writer().flush();
        }
    }

    private void tellNext() {
        NotificationResponse next = queue.removeFirst();
        queuedBytes -= bytes(next);
        next.encode(session.writer().append(MESSAGE_BYTES));
    }

    private static int bytes(NotificationResponse notification) {
        return MESSAGE_BYTES
                + notification.channel().length()
                + notification.payload().length();
    }

    void close() {
        queue.clear();
        queuedBytes = 0;
        if (isActive()) {
            hub().end(this);
        }
        move = Move.SENT;
        prepared = Set.of();
        taken.clear();
    }
}
