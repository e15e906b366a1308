package dev.pgbraid.proxy.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes whatever comes from a channel on to another of the same event loop, and reads from that other one only
/// while this one can take it.
final class RelayHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayHandler.class);

    private final Channel other;
    private final Runnable ended;

    /// @param ended what is to be done when the channel is gone
    RelayHandler(Channel other, Runnable ended) {
        this.other = other;
        this.ended = ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        other.write(message, other.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOGGER.atError()
                    .addKeyValue("peer", context.channel().remoteAddress())
                    .setCause(cause)
                    .log("a replication connection fails");
        }
        context.close();
    }
}
