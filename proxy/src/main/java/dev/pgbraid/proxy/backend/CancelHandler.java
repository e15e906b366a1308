package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Delivers one cancel request. The server, or the other proxy, closes the connection when it has dealt with it.
final class CancelHandler extends ChannelInboundHandlerAdapter {
    private final InetSocketAddress address;
    private final @Nullable SslContext tls;
    private final CancelRequest request;

    /// @param address where the request goes, which need not be resolved
    CancelHandler(InetSocketAddress address, @Nullable SslContext tls, CancelRequest request) {
        this.address = address;
        this.tls = tls;
        this.request = request;
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        send(context, tls == null ? request : new SslRequest());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        boolean accepted = bytes.readableBytes() == 1 && bytes.getByte(bytes.readerIndex()) == 'S';
        bytes.release();
        if (tls == null || !accepted) {
            context.close();
            return;
        }
        context.pipeline().addFirst(tls.newHandler(context.alloc(), address.getHostString(), address.getPort()));
        send(context, request);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private static void send(ChannelHandlerContext context, StartupPacket packet) {
        ByteBuf out = context.alloc().buffer();
        packet.encode(out);
        context.writeAndFlush(out);
    }
}
