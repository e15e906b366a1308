package dev.pgbraid.proxy.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A message of a client where it arrived, perhaps not all of it.
///
/// @param reader that has come to it
/// @param at where it begins, of whose `bytes` there are `here` in the buffer
record ClientMessage(ClientReader reader, ByteBuf in, int at, int bytes, int here) {
    static final int HEADER_BYTES = 5;

    byte tag() {
        return in.getByte(at);
    }

    /// Whether a server answers it and all that is wrong with it with ReadyForQuery.
    boolean isSimple() {
        return FrontendTag.isSimple(tag());
    }

    /// Whether it can be the first of those that make a server run a statement.
    boolean beginsStatement() {
        byte tag = tag();
        return tag == 'Q' || tag == 'P' || tag == 'B' || tag == 'F';
    }

    int body() {
        return at + HEADER_BYTES;
    }

    int end() {
        return at + bytes;
    }

    /// Whether all of it has arrived, which is worth waiting for unless it is too long.
    boolean isWhole() {
        reader.limitWhole(tag(), bytes);
        return here >= bytes;
    }

    /// The message behind this one, if its header has arrived.
    @Nullable
    ClientMessage next() {
        if (end() + HEADER_BYTES > in.writerIndex()) {
            return null;
        }
        int length = in.getInt(end() + 1);
        return length < Integer.BYTES || length == Integer.MAX_VALUE
                ? null
                : new ClientMessage(reader, in, end(), 1 + length, in.writerIndex() - end());
    }

    /// Where the text that begins at `from` ends, or -1 if it does not.
    int textEnd(int from) {
        return from < 0 || from >= end() ? -1 : in.indexOf(from, Math.min(end(), in.writerIndex()), (byte) 0);
    }

    byte[] copy(int from, int to) {
        return ByteBufUtil.getBytes(in, from, to - from);
    }

    String name(int from, int to) {
        return in.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }
}
