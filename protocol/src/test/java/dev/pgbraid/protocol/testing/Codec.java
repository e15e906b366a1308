package dev.pgbraid.protocol.testing;

import dev.pgbraid.protocol.MessageReader;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// One kind of message with everything that the tests need to make, write and read it.
public record Codec<T>(
        Class<T> type,
        int headerLength,
        Gen<T> gen,
        BiConsumer<? super T, ByteBuf> encoder,
        Function<MessageReader, ?> decoder) {

    /// The whole message.
    public byte[] encode(T message) {
        return Buffers.written(out -> encoder.accept(message, out));
    }

    public byte[] encodeBody(T message) {
        byte[] whole = encode(message);
        return Arrays.copyOfRange(whole, headerLength, whole.length);
    }

    /// Decodes a body, which may turn out to be of another type where several share a decoder.
    public Object decode(byte[] body) {
        return Buffers.<Object>read(body, buffer -> decoder.apply(new MessageReader(type.getSimpleName(), buffer)));
    }

    /// Bodies of which some are nearly right: those of real messages, damaged.
    public Gen<byte[]> bodies() {
        return Gen.oneOf(List.of(Gen.bytes(60), Damage.of(gen.map(this::encodeBody))));
    }

    @Override
    public String toString() {
        String packageName = type.getPackageName();
        return packageName.substring(packageName.lastIndexOf('.') + 1) + "." + type.getSimpleName();
    }
}
