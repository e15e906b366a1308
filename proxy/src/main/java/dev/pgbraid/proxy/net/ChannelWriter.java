package dev.pgbraid.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gathers what one batch sends to a channel, in few buffers, and flushes it at the end.
///
/// Small pieces are copied together, large ones pass as they are. Confined to the channel's event loop.
public final class ChannelWriter {
    /// A piece up to this size is cheaper to copy than to send as a buffer of its own.
    private static final int COPIED_BYTES_MAX = 512;

    private static final int SCRATCH_BYTES = 1024;

    private static final long LINGER_MILLIS = 1000;

    private final Channel channel;
    private @Nullable ByteBuf scratch;
    private boolean dirty;
    private long written;

    public ChannelWriter(Channel channel) {
        this.channel = channel;
    }

    /// A buffer to append up to `bytes` to, before anything else is written.
    public ByteBuf append(int bytes) {
        dirty = true;
        if (scratch != null && scratch.maxFastWritableBytes() < bytes) {
            writeScratch();
        }
        if (scratch == null) {
            scratch = channel.alloc().directBuffer(Math.max(bytes, SCRATCH_BYTES));
        }
        return scratch;
    }

    /// Writes a part of a borrowed buffer.
    public void write(ByteBuf bytes, int index, int length) {
        if (length == 0) {
            return;
        }
        if (length <= COPIED_BYTES_MAX) {
            append(length).writeBytes(bytes, index, length);
        } else {
            writeScratch();
            write(bytes.retainedSlice(index, length));
        }
    }

    /// Writes a whole buffer and takes ownership of it.
    public void take(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length <= COPIED_BYTES_MAX && (scratch != null || isBacklogged())) {
            // A few bytes that wait must not hold on to the large buffer that they were read into.
            append(length).writeBytes(bytes);
            bytes.release();
        } else {
            writeScratch();
            write(bytes);
        }
    }

    /// Flushes what was written since the last time, if anything.
    public void flush() {
        if (dirty) {
            dirty = false;
            writeScratch();
            channel.flush();
        }
    }

    /// Sends what was written, then closes the channel.
    ///
    /// What the other side still sends is read and dropped for a while: closing with bytes unread resets the
    /// connection, and the reset can overtake the last words.
    public void flushAndClose() {
        flush();
        channel.writeAndFlush(channel.alloc().directBuffer(0)).addListener(sent -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (!sent.isSuccess() || !(channel instanceof DuplexChannel duplex) || duplex.isInputShutdown()) {
                channel.close();
            } else if (tls == null) {
                linger(duplex);
            } else {
                tls.closeOutbound().addListener(_ -> linger(duplex));
            }
        });
    }

    private static void linger(DuplexChannel channel) {
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
        Future<?> late = channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> late.cancel(false));
    }

    /// How many bytes have been written since this was asked the last time.
    public long takeWritten() {
        long taken = written;
        written = 0;
        return taken;
    }

    /// Gives up what was not flushed.
    public void discard() {
        if (scratch != null) {
            scratch.release();
            scratch = null;
        }
    }

    private boolean isBacklogged() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending != null && pending.totalPendingWriteBytes() > 0;
    }

    private void writeScratch() {
        if (scratch != null) {
            ByteBuf full = scratch;
            scratch = null;
            write(full);
        }
    }

    private void write(ByteBuf bytes) {
        dirty = true;
        written += bytes.readableBytes();
        channel.write(bytes, channel.voidPromise());
    }
}
