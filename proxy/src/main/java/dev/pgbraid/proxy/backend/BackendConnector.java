package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.net.Tls;
import dev.pgbraid.proxy.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens connections to shards: to work on, and to cancel what works. Another proxy is asked to cancel as a shard is.
public final class BackendConnector {
    private final Transport transport;
    private final Tls tls;
    private final ChannelGroup open;
    private final ScramKeyCache scramKeys = new ScramKeyCache();

    /// @param open where each connection is while it is open
    public BackendConnector(Transport transport, Tls tls, ChannelGroup open) {
        this.transport = transport;
        this.tls = tls;
        this.open = open;
    }

    /// Between 90 % and 100 % of the longest, so that connections made together do not end together.
    static long lifetimeNanos(PoolConfig config) {
        double fraction = 0.9 + 0.1 * ThreadLocalRandom.current().nextDouble();
        return (long) (fraction * config.lifetimeMax().toNanos());
    }

    interface Listener {
        void connected(Backend backend);

        void failed(ProxyException reason);
    }

    /// Connects and logs in; one of the listener's methods is called, once, on the event loop.
    void connect(EventLoop loop, BackendPool pool, Listener listener) {
        open(loop, pool.terms(), pool.target(), Map.of(), new Opened() {
            @Override
            public void opened(Channel channel, BackendLoginHandler.Result login) {
                Backend backend = new Backend(channel, pool, login, pool.config());
                channel.pipeline().addLast(new BackendHandler(backend));
                listener.connected(backend);
            }

            @Override
            public void failed(ProxyException reason) {
                listener.failed(reason);
            }
        });
    }

    /// Connects and logs in for one client alone.
    ///
    /// @param startup what the StartupMessage says beside who logs in where
    void connectOwned(
            EventLoop loop,
            BackendPools.Terms terms,
            ShardLogin target,
            Map<String, String> startup,
            OwnedBackend.Listener listener) {
        open(loop, terms, target, startup, new Opened() {
            @Override
            public void opened(Channel channel, BackendLoginHandler.Result login) {
                listener.connected(new OwnedBackend(
                        channel, target, login, (key, done) -> cancel(loop, terms, target, key, done)));
            }

            @Override
            public void failed(ProxyException reason) {
                listener.failed(reason);
            }
        });
    }

    /// What becomes of a connection.
    private interface Opened {
        /// It is logged in, and nothing reads from it yet.
        void opened(Channel channel, BackendLoginHandler.Result login);

        void failed(ProxyException reason);
    }

    /// Where TLS is allowed and no more, it is tried when the shard refuses the login without.
    private void open(
            EventLoop loop, BackendPools.Terms terms, ShardLogin target, Map<String, String> startup, Opened opened) {
        if (target.tls().mode() != ShardTlsConfig.Mode.ALLOW) {
            open(loop, terms, target, startup, tls.towards(target.tls()), opened);
            return;
        }
        open(loop, terms, target, startup, null, new Opened() {
            @Override
            public void opened(Channel channel, BackendLoginHandler.Result login) {
                opened.opened(channel, login);
            }

            @Override
            public void failed(ProxyException reason) {
                if (reason.code() == ErrorCode.SHARD_REFUSES_LOGIN) {
                    open(loop, terms, target, startup, tls.towards(target.tls()), opened);
                } else {
                    opened.failed(reason);
                }
            }
        });
    }

    private void open(
            EventLoop loop,
            BackendPools.Terms terms,
            ShardLogin target,
            Map<String, String> startup,
            @Nullable SslContext context,
            Opened opened) {
        long millis = terms.config().connectTimeout().toMillis();
        resolve(loop, target.address(), address -> {
            if (address == null) {
                opened.failed(unreachable(target, "the host name " + target.host() + " cannot be resolved"));
                return;
            }
            Attempt attempt = new Attempt(target, opened);
            BackendLoginHandler login = new BackendLoginHandler(target, startup, context, scramKeys, attempt);
            ChannelFuture connecting = bootstrap(loop, terms, millis, login).connect(address);
            attempt.channel = connecting.channel();
            open.add(connecting.channel());
            connecting.addListener(result -> {
                if (!result.isSuccess()) {
                    opened.failed(
                            unreachable(target, String.valueOf(result.cause().getMessage())));
                }
            });
            loop.schedule(() -> attempt.timeOut(login, millis), millis, TimeUnit.MILLISECONDS);
        });
    }

    /// Asks the server to stop what a backend does; `done` is called when the server has dealt with it or cannot, or
    /// when that takes too long.
    void cancel(BackendPool pool, CancelKey key, Runnable done) {
        cancel(pool.loop(), pool.terms(), pool.target(), key, done);
    }

    private void cancel(EventLoop loop, BackendPools.Terms terms, ShardLogin target, CancelKey key, Runnable done) {
        cancel(loop, terms, new CancelHandler(target.address(), cancelTls(target), new CancelRequest(key)), done);
    }

    /// Where a login may go without TLS so may a request to cancel, which no server refuses for that.
    private @Nullable SslContext cancelTls(ShardLogin target) {
        return switch (target.tls().mode()) {
            case DISABLE, ALLOW, PREFER -> null;
            case REQUIRE, VERIFY_CA, VERIFY_FULL -> tls.towards(target.tls());
        };
    }

    /// Delivers a cancel request to where its handler says.
    void cancel(EventLoop loop, BackendPools.Terms terms, CancelHandler handler, Runnable done) {
        long millis = terms.cancelPatience().toMillis();
        resolve(loop, handler.address(), address -> {
            if (address == null) {
                done.run();
                return;
            }
            Channel channel =
                    bootstrap(loop, terms, millis, handler).connect(address).channel();
            open.add(channel);
            channel.closeFuture().addListener(_ -> done.run());
            loop.schedule(() -> channel.close(), millis, TimeUnit.MILLISECONDS);
        });
    }

    private Bootstrap bootstrap(EventLoop loop, BackendPools.Terms terms, long millis, ChannelHandler handler) {
        Bootstrap bootstrap = transport
                .client()
                .group(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis)
                .handler(handler);
        transport.keepalive(terms.keepalive()).forEach(bootstrap::option);
        return bootstrap;
    }

    /// Looks the host's address up, off the event loop unless the host is given as an address.
    private static void resolve(
            EventLoop loop, InetSocketAddress unresolved, Consumer<@Nullable InetSocketAddress> resolved) {
        String host = unresolved.getHostString();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            resolved.accept(address(unresolved, literal));
            return;
        }
        Thread.ofVirtual().name("resolve-" + host).start(() -> {
            byte[] found = lookUp(host);
            loop.execute(() -> resolved.accept(found == null ? null : address(unresolved, found)));
        });
    }

    private static byte @Nullable [] lookUp(String host) {
        try {
            return InetAddress.getByName(host).getAddress();
        } catch (UnknownHostException unknown) {
            return null;
        }
    }

    private static InetSocketAddress address(InetSocketAddress unresolved, byte[] bytes) {
        try {
            InetAddress found = InetAddress.getByAddress(unresolved.getHostString(), bytes);
            return new InetSocketAddress(found, unresolved.getPort());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ProxyException unreachable(ShardLogin target, String how) {
        return new ProxyException(
                ErrorCode.SHARD_UNREACHABLE,
                target.shard() + ": " + how,
                "Nothing was sent to the shard; repeating is safe.");
    }

    /// One connection on its way to be logged in.
    private static final class Attempt implements BackendLoginHandler.Listener {
        private final ShardLogin target;
        private final Opened opened;
        private @Nullable Channel channel;
        private boolean done;

        Attempt(ShardLogin target, Opened opened) {
            this.target = target;
            this.opened = opened;
        }

        @Override
        public void loggedIn(BackendLoginHandler.Result result) {
            done = true;
            Channel loggedIn = channel();
            loggedIn.pipeline().removeLast();
            opened.opened(loggedIn, result);
        }

        @Override
        public void failed(ProxyException reason) {
            done = true;
            opened.failed(reason);
        }

        void timeOut(BackendLoginHandler login, long millis) {
            if (!done && channel().isActive()) {
                login.fail(
                        channel().pipeline().context(login), unreachable(target, "no login within " + millis + " ms"));
            }
        }

        private Channel channel() {
            if (channel == null) {
                throw new IllegalStateException("no channel yet");
            }
            return channel;
        }
    }
}
