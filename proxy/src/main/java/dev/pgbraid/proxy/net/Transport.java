package dev.pgbraid.proxy.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/// How the kernel is asked for input and output.
public enum Transport {
    IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class),
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class),
    NIO(NioServerSocketChannel.class, NioSocketChannel.class);

    /// Unsent bytes of one channel at which what feeds it stops being read, and at which it is read again.
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    /// How many questions without an answer end a connection.
    private static final int KEEPALIVE_PROBES = 3;

    private static final short BUFFER_GROUP = 0;
    private static final short RING_BUFFERS = 128;
    private static final int RING_BUFFER_BYTES = 16 * 1024;

    static {
        // A read that repeats itself cannot be stopped while bytes keep coming: what a client does not take would
        // pile up here, however much the server sends. The kernel is asked for one read at a time instead. Netty
        // has no other way to say so, and looks when its class is first used, which is in this one.
        System.setProperty("io.netty.iouring.recvMultiShotEnabled", "false");
    }

    private final Class<? extends ServerChannel> serverChannel;
    private final Class<? extends SocketChannel> socketChannel;

    Transport(Class<? extends ServerChannel> serverChannel, Class<? extends SocketChannel> socketChannel) {
        this.serverChannel = serverChannel;
        this.socketChannel = socketChannel;
    }

    /// The best that this kernel allows.
    public static Transport best() {
        if (IO_URING.isAvailable()) {
            return IO_URING;
        }
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    public boolean isAvailable() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    public MultiThreadIoEventLoopGroup eventLoops(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("loop"), handlers());
    }

    public ServerBootstrap server() {
        ServerBootstrap server = new ServerBootstrap()
                .channel(serverChannel)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (usesBufferRing()) {
            server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
        }
        return server;
    }

    public Bootstrap client() {
        Bootstrap client = new Bootstrap()
                .channel(socketChannel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (usesBufferRing()) {
            client.option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
        }
        return client;
    }

    /// What makes the kernel ask the other end of a connection, after a silence, whether it is still there.
    ///
    /// A limit on how long bytes may be unacknowledged, `TCP_USER_TIMEOUT`, is not among it: it would also end the
    /// connection of one who is there and reads nothing for a while.
    ///
    /// @param silence in whole seconds; none leaves the times to the kernel
    public Map<ChannelOption<Integer>, Integer> keepalive(Duration silence) {
        if (silence.isZero()) {
            return Map.of();
        }
        int idle = Math.toIntExact(silence.toSeconds());
        int interval = idle / KEEPALIVE_PROBES;
        return switch (this) {
            case IO_URING ->
                Map.of(
                        IoUringChannelOption.TCP_KEEPIDLE, idle,
                        IoUringChannelOption.TCP_KEEPINTVL, interval,
                        IoUringChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
            case EPOLL ->
                Map.of(
                        EpollChannelOption.TCP_KEEPIDLE, idle,
                        EpollChannelOption.TCP_KEEPINTVL, interval,
                        EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
            case NIO ->
                Map.of(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVE_PROBES);
        };
    }

    private IoHandlerFactory handlers() {
        return switch (this) {
            case IO_URING -> IoUringIoHandler.newFactory(ringConfig());
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /// With a ring of buffers the kernel picks one when bytes arrive, so a connection that waits holds none.
    private boolean usesBufferRing() {
        return this == IO_URING && IoUring.isRegisterBufferRingSupported();
    }

    private IoUringIoHandlerConfig ringConfig() {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (usesBufferRing()) {
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFER_GROUP)
                    .bufferRingSize(RING_BUFFERS)
                    .batchSize(RING_BUFFERS / 4)
                    .incremental(false)
                    .allocator(new IoUringFixedBufferRingAllocator(RING_BUFFER_BYTES))
                    .build());
        }
        return config;
    }
}
