package dev.pgbraid.proxy.client;

import dev.pgbraid.config.ListenConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendConnector;
import dev.pgbraid.proxy.backend.BackendPools;
import dev.pgbraid.proxy.console.Console;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.proxy.login.Throttle;
import dev.pgbraid.proxy.net.Tls;
import dev.pgbraid.proxy.net.Transport;
import dev.pgbraid.router.parse.ParserPool;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Accepts clients and gives each to an event loop, in turn.
public final class Listener {
    private static final Duration POLL = Duration.ofMillis(20);

    private static final int TEXTS_WAITING_MAX = 1024;
    private static final Duration READING_MAX = Duration.ofSeconds(5);

    private final Gate gate;
    private final BackendPools pools;
    private final ParserPool parsers =
            new ParserPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), TEXTS_WAITING_MAX, READING_MAX);
    private final Map<EventLoop, Worker> workers = new HashMap<>();
    private final Console console;
    private final Channel channel;
    private Policy policy;

    /// Listens; fails with the reason if that is not possible.
    /// How long clients that were told to go are given to hear it.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /// What is open towards clients, and towards shards.
    private final ChannelGroup clientChannels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    private final ChannelGroup backendChannels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    /// @param clusters what follows the catalogs of databases, by their names
    /// @param admin makes the admin database
    public Listener(
            ProxyConfig config,
            Tls tls,
            Transport transport,
            EventLoopGroup loops,
            Map<String, Cluster> clusters,
            Function<Survey, Console> admin) {
        CancelKeys cancelKeys = new CancelKeys(config.peers().number());
        gate = new Gate(new Throttle(config.limits().loginFailuresMax()), tls, cancelKeys);
        policy = Policy.of(config);
        pools = new BackendPools(policy.poolTerms(), new BackendConnector(transport, tls, backendChannels));
        for (EventExecutor loop : loops) {
            workers.put((EventLoop) loop, new Worker((EventLoop) loop, gate, pools, policy, clusters, parsers));
        }
        console = admin.apply(survey());
        openMinimum(config);
        channel = bind(config.listen(), transport, loops);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /// What sees what all event loops are at.
    public Survey survey() {
        return new Survey(Map.copyOf(workers), pools, gate);
    }

    /// How many clients are connected and past the first message.
    public int clients() {
        return gate.clients();
    }

    /// Puts another configuration in force; returns when every event loop has taken it. One call at a time.
    public void configure(ProxyConfig config) {
        Policy next = policy.with(config);
        policy = next;
        pools.configure(next.poolTerms());
        List<Future<?>> taken = new ArrayList<>();
        workers.forEach((loop, worker) -> taken.add(loop.submit(() -> worker.configure(next))));
        taken.forEach(Future::syncUninterruptibly);
        openMinimum(config);
    }

    /// Takes no more clients, ends each session after its transaction, and returns when all have ended, it is late, or
    /// `hurry` says so.
    public void drain(Duration patience, BooleanSupplier hurry) {
        channel.close().syncUninterruptibly();
        Instant late = Instant.now().plus(patience);
        workers.forEach((loop, worker) -> loop.execute(worker::drain));
        while (gate.clients() > 0 && Instant.now().isBefore(late) && !hurry.getAsBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        if (gate.clients() == 0) {
            awaitEmpty(clientChannels, LAST_WORDS);
        }
    }

    /// Whether new clients are taken.
    public boolean isOpen() {
        return channel.isOpen();
    }

    /// Returns when every connection is closed. An event loop that ended sooner could leave one open.
    ///
    /// @param goodbye how long shards are given to take leave of
    public void close(Duration goodbye) {
        channel.close().syncUninterruptibly();
        clientChannels.close().awaitUninterruptibly();
        parsers.close();
        pools.close();
        awaitEmpty(backendChannels, goodbye);
        backendChannels.close().awaitUninterruptibly();
    }

    private static void awaitEmpty(ChannelGroup channels, Duration patience) {
        Instant late = Instant.now().plus(patience);
        while (!channels.isEmpty() && Instant.now().isBefore(late)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private Channel bind(ListenConfig listen, Transport transport, EventLoopGroup loops) {
        ChannelFuture bound = transport
                .server()
                .group(loops)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        clientChannels.add(accepted);
                        Worker worker = worker(accepted.eventLoop());
                        Duration silence = worker.policy().timeouts().keepalive();
                        transport.keepalive(silence).forEach(accepted.config()::setOption);
                        accepted.pipeline().addLast(new LoginHandler(gate, worker, console));
                    }
                })
                .bind(listen.host(), listen.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ProxyException(
                    ErrorCode.ADDRESS_UNUSABLE,
                    "cannot listen on " + listen.host() + ":" + listen.port() + ": "
                            + bound.cause().getMessage(),
                    "Is another process using the port? See listen.host and listen.port.");
        }
        return bound.channel();
    }

    private Worker worker(EventLoop loop) {
        Worker worker = workers.get(loop);
        if (worker == null) {
            throw new IllegalStateException("an event loop that is not ours");
        }
        return worker;
    }

    /// Opens the pools that keep a minimum of connections, which the others do when they are first used.
    private void openMinimum(ProxyConfig config) {
        if (config.pools().sizeMin() == 0) {
            return;
        }
        EventLoop loop = workers.keySet().iterator().next();
        policy.userLogins().forEach(login -> pools.pool(loop, login));
    }
}
