package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Translates what happens on a backend's channel.
final class BackendHandler extends ChannelInboundHandlerAdapter {
    /// The event that answers need not wait any more.
    static final Object GO_ON = new Object();

    private static final Logger LOGGER = LoggerFactory.getLogger(BackendHandler.class);

    private final Backend backend;
    private final BackendReader reader;

    BackendHandler(Backend backend) {
        this.backend = backend;
        this.reader = new BackendReader(backend);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Tenant tenant = backend.tenant();
        backend.meter().received(bytes.readableBytes());
        if (backend.isFinishing()) {
            bytes.release();
        } else if (tenant == null) {
            // Nobody asked: the server is going away or has changed its settings, so a new connection is better.
            bytes.release();
            backend.close();
        } else {
            reader.read(tenant, bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Tenant tenant = backend.tenant();
        if (tenant != null) {
            backend.answered();
            tenant.batchReceived();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (GO_ON.equals(event)) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Tenant tenant = backend.tenant();
        if (tenant != null) {
            tenant.backendWritable(context.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.close();
        backend.fail("the server closed the connection", reader.explain(backend.tenant()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof ProtocolViolation)) {
            LOGGER.atError()
                    .addKeyValue("shard", backend.pool().target().shard())
                    .setCause(cause)
                    .log("a bug ends a connection to a shard");
        }
        // A server that gives up may reset the connection behind its last words.
        boolean explained = cause instanceof IOException && reader.explain(backend.tenant());
        backend.fail(String.valueOf(cause.getMessage()), explained);
    }
}
