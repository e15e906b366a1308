package dev.pgbraid.protocol;

import com.google.errorprone.annotations.MustBeClosed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Cuts the bytes of one connection into whole messages.
///
/// A message that arrived in one piece is a slice of what was fed; one that arrived in several is gathered in a buffer
/// that grows with the bytes that are here, never with the length that was announced. The announced length is checked
/// as soon as it can be read. After a [ProtocolViolation] the stream has no message boundaries any more: asking for the
/// next message throws it again.
public final class FrameDecoder implements AutoCloseable {
    /// PostgreSQL's own limit for any message.
    public static final int BODY_BYTES_MAX = 0x3FFF_FFFE;

    /// PostgreSQL's own limit for what an unknown peer may send first.
    private static final int STARTUP_BODY_BYTES_MAX = 10_000;

    private static final int LENGTH_BYTES = 4;
    private static final int VERSION_BYTES = 4;
    private static final int UNKNOWN = -1;

    private final Queue<ByteBuf> incoming = new ArrayDeque<>(2);
    private @Nullable ByteBuf partial;
    private @Nullable ByteBuf whole;
    private int bodyBytesMax;
    private boolean startingUp;

    private FrameDecoder(int bodyBytesMax, boolean startingUp) {
        this.startingUp = startingUp;
        limitBodies(bodyBytesMax);
    }

    /// For what a client sends, which begins with startup packets.
    public static FrameDecoder ofClient(int bodyBytesMax) {
        return new FrameDecoder(bodyBytesMax, true);
    }

    /// For what a server sends.
    public static FrameDecoder ofServer(int bodyBytesMax) {
        return new FrameDecoder(bodyBytesMax, false);
    }

    /// Tells that no startup packet is to come any more: from here on messages have type bytes.
    public void endStartup() {
        if (whole != null) {
            throw new IllegalStateException("a startup packet is still here");
        }
        startingUp = false;
    }

    /// Changes the limit for messages that are still to come: strangers get a lower one than users.
    public void limitBodies(int bytesMax) {
        if (bytesMax < 0 || bytesMax > BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the limit for a body must be in 0.." + BODY_BYTES_MAX + ", is " + bytesMax);
        }
        bodyBytesMax = bytesMax;
    }

    /// Takes ownership of `bytes`, which follow those fed before.
    public void feed(ByteBuf bytes) {
        if (bytes.isReadable()) {
            incoming.add(bytes);
        } else {
            bytes.release();
        }
    }

    /// Whether a whole message is here.
    public boolean hasNext() {
        if (whole == null) {
            whole = cutNext();
        }
        return whole != null;
    }

    /// The next message, which must be here.
    @MustBeClosed
    public Frame next() {
        ByteBuf bytes = hasNext() ? whole : null;
        if (bytes == null) {
            throw new IllegalStateException("the next message is not whole");
        }
        whole = null;
        return startingUp ? Frame.startup(bytes) : new Frame(bytes);
    }

    /// Whether every byte that was fed has left in a frame.
    public boolean isEmpty() {
        return whole == null && partial == null && incoming.isEmpty();
    }

    /// Every byte that was fed and has not left in a frame, in a buffer of the caller's.
    public ByteBuf takeRest() {
        ByteBuf rest = Unpooled.buffer();
        if (whole != null) {
            rest.writeBytes(whole);
        }
        if (partial != null) {
            rest.writeBytes(partial);
        }
        incoming.forEach(rest::writeBytes);
        close();
        return rest;
    }

    @Override
    public void close() {
        incoming.forEach(ByteBuf::release);
        incoming.clear();
        release(partial);
        partial = null;
        release(whole);
        whole = null;
    }

    private static void release(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
    }

    private @Nullable ByteBuf cutNext() {
        while (true) {
            ByteBuf gathered = partial;
            if (gathered != null && gathered.readableBytes() == frameLength(gathered)) {
                partial = null;
                return gathered;
            }
            ByteBuf head = incoming.peek();
            if (head == null) {
                return null;
            }
            if (gathered == null) {
                int length = frameLength(head);
                if (length != UNKNOWN && length <= head.readableBytes()) {
                    return slice(head, length);
                }
                gathered = head.alloc().buffer(head.readableBytes());
                partial = gathered;
            }
            gather(gathered, head);
        }
    }

    private ByteBuf slice(ByteBuf head, int length) {
        ByteBuf slice = head.readRetainedSlice(length);
        dropIfRead(head);
        return slice;
    }

    /// Moves from `head` what the header still lacks or, when that is here, what the message lacks.
    private void gather(ByteBuf gathered, ByteBuf head) {
        int length = frameLength(gathered);
        int wanted = length == UNKNOWN ? headerLength() : length;
        int count = Math.min(wanted - gathered.readableBytes(), head.readableBytes());
        int needed = gathered.readableBytes() + count;
        if (needed > gathered.capacity()) {
            gathered.capacity((int) Math.max(needed, Math.min(wanted, 2L * gathered.capacity())));
        }
        gathered.writeBytes(head, count);
        dropIfRead(head);
    }

    private void dropIfRead(ByteBuf head) {
        if (!head.isReadable()) {
            incoming.remove();
            head.release();
        }
    }

    private int headerLength() {
        return startingUp ? Frame.STARTUP_HEADER_LENGTH : Frame.HEADER_LENGTH;
    }

    /// The length of the frame that starts here, header included, or UNKNOWN while its header is not whole.
    private int frameLength(ByteBuf bytes) {
        int beforeBody = headerLength();
        if (bytes.readableBytes() < beforeBody) {
            return UNKNOWN;
        }
        int start = bytes.readerIndex();
        int length = bytes.getInt(start + beforeBody - LENGTH_BYTES);
        int lengthMin = startingUp ? LENGTH_BYTES + VERSION_BYTES : LENGTH_BYTES;
        int lengthMax = LENGTH_BYTES + (startingUp ? STARTUP_BODY_BYTES_MAX : bodyBytesMax);
        if (length < lengthMin || length > lengthMax) {
            String message = startingUp ? "startup packet" : "message of type " + (bytes.getByte(start) & 0xFF);
            throw new ProtocolViolation(message + ": length " + length + " is not in " + lengthMin + ".." + lengthMax);
        }
        return beforeBody - LENGTH_BYTES + length;
    }
}
