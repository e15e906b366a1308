package dev.pgbraid.proxy.client;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ListenConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendPools;
import dev.pgbraid.proxy.net.Tls;
import dev.pgbraid.proxy.net.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Accepts clients and gives each to an event loop, in turn.
public final class Listener {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Gate gate;
    private final Map<EventLoop, Worker> workers = new HashMap<>();
    private final Channel channel;

    /// Listens; fails with the reason if that is not possible.
    public Listener(ProxyConfig config, Tls tls, Transport transport, EventLoopGroup loops, BackendPools pools) {
        gate = new Gate(config, tls);
        for (EventExecutor loop : loops) {
            workers.put((EventLoop) loop, new Worker((EventLoop) loop, gate, pools, config.limits()));
        }
        openMinimum(config, pools);
        channel = bind(config.listen(), transport, loops);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /// How many clients are connected and past the first message.
    public int clients() {
        return gate.clients();
    }

    /// Takes no more clients, ends each session after its transaction, and returns when all have ended or it is late.
    public void drain(Duration patience) {
        channel.close().syncUninterruptibly();
        Instant late = Instant.now().plus(patience);
        workers.forEach((loop, worker) -> loop.execute(worker::drain));
        while (gate.clients() > 0 && Instant.now().isBefore(late)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /// Whether new clients are taken.
    public boolean isOpen() {
        return channel.isOpen();
    }

    public void close() {
        channel.close().syncUninterruptibly();
    }

    private Channel bind(ListenConfig listen, Transport transport, EventLoopGroup loops) {
        ChannelFuture bound = transport
                .server()
                .group(loops)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(new LoginHandler(gate, worker(accepted.eventLoop())));
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
    private void openMinimum(ProxyConfig config, BackendPools pools) {
        if (config.pools().sizeMin() == 0) {
            return;
        }
        EventLoop loop = workers.keySet().iterator().next();
        for (DatabaseConfig database : config.databases()) {
            for (UserConfig user : config.auth().users()) {
                Gate.credential(user)
                        .ifPresent(credential -> pools.pool(loop, Gate.shardLogin(database, user, credential)));
            }
        }
    }
}
