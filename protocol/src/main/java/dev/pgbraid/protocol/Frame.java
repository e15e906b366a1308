package dev.pgbraid.protocol;

import com.google.errorprone.annotations.MustBeClosed;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One whole message as it arrived: type byte, length, body. Nothing in it is decoded yet.
///
/// A frame owns exactly one reference to its buffer. Its holder either forwards that reference with [#take()] or gives
/// it up with [#close()]; after `take`, `close` does nothing and any other use is an error.
public final class Frame implements AutoCloseable {
    static final int HEADER_LENGTH = 5;
    static final int STARTUP_HEADER_LENGTH = 4;

    private final int headerLength;
    private @Nullable ByteBuf bytes;

    private Frame(ByteBuf bytes, int headerLength) {
        if (bytes.readableBytes() < headerLength) {
            throw new IllegalArgumentException(
                    "a frame has at least " + headerLength + " bytes, got " + bytes.readableBytes());
        }
        this.bytes = bytes;
        this.headerLength = headerLength;
    }

    /// Takes ownership of `bytes`, which hold exactly one message.
    @MustBeClosed
    public Frame(ByteBuf bytes) {
        this(bytes, HEADER_LENGTH);
    }

    /// Takes ownership of `bytes`, which hold exactly one startup packet: a length and a body.
    @MustBeClosed
    public static Frame startup(ByteBuf bytes) {
        return new Frame(bytes, STARTUP_HEADER_LENGTH);
    }

    /// The type byte, which a startup packet does not have.
    public byte tag() {
        ByteBuf held = held();
        if (headerLength == STARTUP_HEADER_LENGTH) {
            throw new IllegalStateException("a startup packet has no type byte");
        }
        return held.getByte(held.readerIndex());
    }

    public int bodyLength() {
        return held().readableBytes() - headerLength;
    }

    /// Lends the body. The reader is valid until this frame is taken or closed.
    public MessageReader body(String message) {
        ByteBuf held = held();
        return new MessageReader(message, held.slice(held.readerIndex() + headerLength, bodyLength()));
    }

    /// Transfers the buffer to the caller, who must release it or pass it to a channel.
    public ByteBuf take() {
        ByteBuf taken = held();
        bytes = null;
        return taken;
    }

    @Override
    public void close() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }

    private ByteBuf held() {
        if (bytes == null) {
            throw new IllegalStateException("the frame has been taken or closed");
        }
        return bytes;
    }
}
