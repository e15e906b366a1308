package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/// Delivers one cancel request. The server closes the connection when it has dealt with it.
final class CancelHandler extends ChannelInboundHandlerAdapter {
    private final ShardLogin target;
    private final @Nullable SslContext tls;
    private final CancelRequest request;

    CancelHandler(ShardLogin target, @Nullable SslContext tls, CancelRequest request) {
        this.target = target;
        this.tls = tls;
        this.request = request;
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
        context.pipeline().addFirst(tls.newHandler(context.alloc(), target.host(), target.port()));
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
