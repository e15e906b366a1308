package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.testing.Fault.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// A TCP proxy for the wire protocol that passes everything on, but for the faults that it is told to make.
///
/// It follows the messages of both directions, so a fault happens at an exact byte. TLS hides the messages: from there
/// on everything passes.
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Set<FaultConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Injection> injection = new AtomicReference<>(Injection.NONE);
    private volatile CountDownLatch released = new CountDownLatch(1);
    private volatile boolean trickling;
    private volatile boolean logsInAtOnce;
    private ServerSocket listening;
    private Thread accepting;
    /// Keeps the port from others while this proxy does not listen.
    private Socket placeholder = new Socket();

    private FaultProxy(Endpoint target) throws IOException {
        this.target = new InetSocketAddress(target.host(), target.port());
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        this.accepting = acceptIn(listening);
    }

    /// A proxy in front of `target` on a free port.
    public static FaultProxy before(Endpoint target) {
        try {
            return new FaultProxy(target);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// How to reach by way of this proxy what is behind it.
    public Endpoint of(Endpoint behind) {
        return behind.at("127.0.0.1", port);
    }

    /// Makes one fault, once, in place of an earlier one that has not happened.
    public void inject(Fault fault) {
        injection.set(new Injection(fault));
    }

    /// Returns when the fault has happened; of a stall or a delay, when it has begun.
    public void awaitFault() {
        Eventually.isTrue(
                "the fault happens: " + injection.get().fault(),
                () -> injection.get().hasHappened());
    }

    /// Lets what has been stalled so far go on.
    public void release() {
        CountDownLatch before = released;
        released = new CountDownLatch(1);
        before.countDown();
    }

    /// From now on every byte travels in a packet of its own.
    public void trickle() {
        trickling = true;
    }

    /// From now on every byte of connections that are logged in does so.
    public void trickleAfterLogin() {
        logsInAtOnce = true;
        trickling = true;
    }

    /// Ends all connections by a reset.
    public void resetAll() {
        connections.forEach(FaultConnection::reset);
    }

    /// How many connections pass through.
    public int connections() {
        return connections.size();
    }

    /// Stops listening: from now on connections are refused. Those that exist stay.
    public void refuse() {
        try {
            stopListening();
            placeholder = new Socket();
            placeholder.setReuseAddress(true);
            placeholder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Listens again, on the same port.
    public void accept() {
        try {
            listening = listen(port);
            placeholder.close();
            accepting = acceptIn(listening);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try (Socket _ = placeholder) {
            stopListening();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        release();
        resetAll();
        Eventually.isTrue("all connections of the fault proxy end", connections::isEmpty);
    }

    // For the connections.

    /// The fault that is to happen to a message which is about to be passed on, if any.
    Injection injection() {
        return injection.get();
    }

    CountDownLatch released() {
        return released;
    }

    /// Whether a connection's bytes travel alone.
    boolean isTrickling(boolean loggedIn) {
        return trickling && (loggedIn || !logsInAtOnce);
    }

    void ended(FaultConnection connection) {
        connections.remove(connection);
    }

    /// A fault and how far it has come.
    static final class Injection {
        static final Injection NONE =
                new Injection(new Fault(Direction.FROM_CLIENT, Fault.STARTUP, 0, 0, new Fault.Action.Cut()));

        private final Fault fault;
        private int seen;
        private boolean happened;

        Injection(Fault fault) {
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }

        /// Counts a message; true if it is the one.
        synchronized boolean meets(Direction direction, char tag) {
            return fault.direction() == direction && fault.tag() == tag && ++seen == fault.occurrence();
        }

        synchronized void happens() {
            happened = true;
        }

        synchronized boolean hasHappened() {
            return happened;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        return socket;
    }

    /// The port is free when the thread that uses it has noticed.
    private void stopListening() throws IOException {
        listening.close();
        Eventually.isTrue("the fault proxy stops listening", () -> !accepting.isAlive());
    }

    private Thread acceptIn(ServerSocket socket) {
        return Thread.ofPlatform().daemon().name("fault-proxy-" + port).start(() -> {
            try {
                while (true) {
                    connect(socket.accept());
                }
            } catch (IOException refusing) {
                // The socket was closed, as it should be.
                return;
            }
        });
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target);
        } catch (IOException unreachable) {
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        FaultConnection connection = new FaultConnection(this, client, server);
        connections.add(connection);
        connection.begin();
    }
}
