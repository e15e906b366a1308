package dev.pgbraid.proxy.console;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.proxy.net.ChannelWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes what comes from the client of a [Console] to its session, one message after another, while the client reads
/// what it is answered.
public final class ConsoleHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final int MESSAGE_BYTES_MAX = 64 * 1024;

    private final Channel channel;
    private final FrameDecoder decoder = FrameDecoder.ofClient(MESSAGE_BYTES_MAX);
    private final ConsoleWriter writer;
    private final ConsoleSession session;
    private final Runnable gone;
    private boolean ended;

    /// @param gone is run when the client is
    public ConsoleHandler(Channel channel, Console console, String user, Runnable gone) {
        this.channel = channel;
        this.gone = gone;
        this.writer = new ConsoleWriter(new ChannelWriter(channel));
        this.session = new ConsoleSession(channel.eventLoop(), console, user, writer, this::goOn);
        decoder.endStartup();
    }

    /// Disconnects the client.
    public void end() {
        if (!ended) {
            ended = true;
            writer.fatal(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command");
            writer.flushAndClose();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (ended) {
            bytes.release();
        } else {
            decoder.feed(bytes);
            goOn();
        }
    }

    private void goOn() {
        try {
            while (!ended && !session.isBusy() && channel.isWritable() && decoder.hasNext()) {
                try (Frame frame = decoder.next()) {
                    handle(frame);
                }
            }
        } catch (ProtocolViolation violation) {
            refuse(violation);
        }
        if (ended) {
            writer.discard();
        } else {
            writer.flush();
            channel.config().setAutoRead(!session.isBusy() && channel.isWritable());
        }
    }

    private void handle(Frame frame) {
        if (frame.tag() == 'X') {
            ended = true;
            channel.close();
        } else {
            session.handle(FrontendMessage.decode(frame.tag(), frame.body("message")));
        }
    }

    private void refuse(ProtocolViolation violation) {
        ended = true;
        writer.fatal(violation.sqlState(), String.valueOf(violation.getMessage()));
        writer.flushAndClose();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        goOn();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        decoder.close();
        gone.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOGGER.atError().setCause(cause).log("a connection to the admin database fails");
        }
        ended = true;
        context.close();
    }
}
