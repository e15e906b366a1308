package dev.pgbraid.protocol.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;
import java.util.function.Function;

/// Buffers of the kind that [NoLeaks] counts; those of `Unpooled` on the heap are not counted.
public final class Buffers {
    private Buffers() {}

    /// A new buffer with a copy of `bytes`, which the caller owns.
    public static ByteBuf of(byte[] bytes) {
        return ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes);
    }

    /// What `writer` writes to a buffer that is gone afterwards.
    public static byte[] written(Consumer<ByteBuf> writer) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
        try {
            writer.accept(buffer);
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /// What `reader` makes of a buffer that is wiped and gone afterwards.
    public static <T> T read(byte[] bytes, Function<ByteBuf, T> reader) {
        ByteBuf buffer = of(bytes);
        try {
            return reader.apply(buffer);
        } finally {
            buffer.setZero(0, buffer.capacity());
            buffer.release();
        }
    }
}
