package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Listens for all sessions of a pool over one connection, so that none needs one to itself.
///
/// The connection has no place in the pool: it is opened when a session first listens and closed when none does.
///
/// A session takes over without losing or doubling anything: its own backend and the hub both see, at the same place
/// among all notifications, one with a token that nobody else has. What comes before it is the backend's to deliver,
/// what comes after it is the hub's.
public final class NotificationHub implements Tenant {
    /// Where tokens are notified.
    public static final String HANDOVER = "pgbraid.handover";

    /// One who listens.
    public interface Subscriber {
        void notified(NotificationResponse notification);

        /// The connection ended: what was notified meanwhile is lost.
        void notificationsLost(ProxyException reason);
    }

    private final EventLoop loop;
    private final BackendPool pool;
    private final BackendConnector connector;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, Handover> handovers = new HashMap<>();
    private final List<Opening> openings = new ArrayList<>();
    private @Nullable Backend backend;
    private boolean connecting;
    private boolean closed;

    /// A channel that the server listens to, or will when it has come to that.
    private static final class Channel {
        final Set<Subscriber> subscribers = new LinkedHashSet<>();

        /// Those who will subscribe.
        final Set<Subscriber> expected = new LinkedHashSet<>();

        boolean isNeeded() {
            return !subscribers.isEmpty() || !expected.isEmpty();
        }
    }

    private record Handover(Subscriber subscriber, Set<String> channels) {}

    /// Somebody who awaits the connection.
    private record Opening(Runnable opened, Runnable failed) {}

    NotificationHub(EventLoop loop, BackendPool pool, BackendConnector connector) {
        this.loop = loop;
        this.pool = pool;
        this.connector = connector;
    }

    /// Listens to more channels. One of the two is called when the server does so, or when it cannot be reached.
    public void listen(Subscriber subscriber, Collection<String> names, Runnable listening, Runnable failed) {
        names.forEach(name -> {
            Channel channel = channels.get(name);
            if (channel != null) {
                channel.expected.add(subscriber);
            }
        });
        Opening opening = new Opening(() -> listenNow(subscriber, names, listening), failed);
        if (backend != null) {
            opening.opened.run();
        } else {
            openings.add(opening);
            connect();
        }
    }

    private void listenNow(Subscriber subscriber, Collection<String> names, Runnable listening) {
        StringBuilder sql = new StringBuilder();
        for (String name : names) {
            Channel channel = channels.get(name);
            if (channel == null) {
                channel = new Channel();
                channels.put(name, channel);
                sql.append("LISTEN ").append(quoted(name)).append(';');
            }
            channel.expected.add(subscriber);
        }
        // Another's LISTEN may be on its way: the answer to this comes after it.
        run(sql.toString(), new Outcome() {
            @Override
            public void confirmed() {
                listening.run();
            }
        });
    }

    /// Calls when all has been passed on that was notified before now.
    public void catchUp(Runnable done) {
        // A server tells what was notified ahead of the end of its answer.
        run("", new Outcome() {
            @Override
            public void confirmed() {
                done.run();
            }
        });
    }

    /// From the notification with `token` on, those of the channels are the subscriber's.
    public void begin(Subscriber subscriber, Set<String> names, String token) {
        handovers.put(token, new Handover(subscriber, Set.copyOf(names)));
    }

    /// The subscriber listens to these channels no more.
    public void end(Subscriber subscriber, Collection<String> names) {
        StringBuilder sql = new StringBuilder();
        for (String name : names) {
            Channel channel = channels.get(name);
            if (channel != null) {
                channel.subscribers.remove(subscriber);
                channel.expected.remove(subscriber);
                if (!channel.isNeeded()) {
                    channels.remove(name);
                    sql.append("UNLISTEN ").append(quoted(name)).append(';');
                }
            }
        }
        if (channels.isEmpty()) {
            disconnect();
        } else if (!sql.isEmpty()) {
            run(sql.toString(), new Outcome() {});
        }
    }

    /// The subscriber is gone.
    public void end(Subscriber subscriber) {
        handovers.values().removeIf(handover -> handover.subscriber.equals(subscriber));
        end(subscriber, List.copyOf(channels.keySet()));
    }

    /// An SQL identifier.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    void close() {
        closed = true;
        disconnect();
    }

    private void connect() {
        if (connecting) {
            return;
        }
        connecting = true;
        connector.connect(loop, pool, new BackendConnector.Listener() {
            @Override
            public void connected(Backend opened) {
                connecting = false;
                if (closed) {
                    opened.close();
                    return;
                }
                backend = opened;
                opened.lend(NotificationHub.this, Settings.NONE);
                run("LISTEN " + quoted(HANDOVER), new Outcome() {});
                List<Opening> awaited = List.copyOf(openings);
                openings.clear();
                awaited.forEach(opening -> opening.opened.run());
            }

            @Override
            public void failed(ProxyException reason) {
                connecting = false;
                List<Opening> awaited = List.copyOf(openings);
                openings.clear();
                awaited.forEach(opening -> opening.failed.run());
            }
        });
    }

    private void run(String sql, Outcome outcome) {
        Backend open = backend;
        if (open != null) {
            open.run(sql, outcome);
            open.writer().flush();
        }
    }

    private void disconnect() {
        Backend open = backend;
        backend = null;
        channels.clear();
        handovers.clear();
        if (open != null) {
            open.hand(null);
            open.close();
        }
    }

    @Override
    public void notified(NotificationResponse notification) {
        String name = notification.channel().toString();
        if (name.equals(HANDOVER)) {
            Handover handover = handovers.remove(notification.payload().toString());
            if (handover != null) {
                take(handover);
            }
            return;
        }
        Channel channel = channels.get(name);
        if (channel != null) {
            List.copyOf(channel.subscribers).forEach(subscriber -> subscriber.notified(notification));
        }
    }

    private void take(Handover handover) {
        for (String name : handover.channels) {
            Channel channel = channels.get(name);
            if (channel != null && channel.expected.remove(handover.subscriber)) {
                channel.subscribers.add(handover.subscriber);
            }
        }
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        Set<Subscriber> losers = new LinkedHashSet<>();
        channels.values().forEach(channel -> {
            losers.addAll(channel.subscribers);
            losers.addAll(channel.expected);
        });
        backend = null;
        disconnect();
        losers.forEach(loser -> loser.notificationsLost(reason));
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        Backend open = backend;
        if (open != null) {
            open.fail("the server refuses to listen: " + error, false);
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void granted(Backend granted) {
        throw new IllegalStateException("the hub waits for no backend");
    }

    @Override
    public void refused(ProxyException reason) {
        throw new IllegalStateException("the hub waits for no backend");
    }

    @Override
    public void proxyAnswers(Response response) {}

    @Override
    public void parameterReported(String name, String value) {}

    @Override
    public void commandCompleted(CommandTag tag) {}

    @Override
    public void batchReceived() {}

    @Override
    public void backendWritable(boolean writable) {}
}
