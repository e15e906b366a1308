package dev.pgbraid.protocol;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.BackendMessages;
import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.Codec;
import dev.pgbraid.protocol.testing.FrontendMessages;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.protocol.testing.NoLeaks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class FrameDecoderProperties {
    private static final int BODY_BYTES_MAX = 1000;

    @Test
    void cutAnywhereTheFramesAreTheSame() {
        forAll(arrivals(), arrival -> {
            try (FrameDecoder decoder = FrameDecoder.ofServer(BODY_BYTES_MAX)) {
                List<byte[]> frames = new ArrayList<>();
                for (byte[] piece : arrival.pieces()) {
                    decoder.feed(Buffers.of(piece));
                    frames.addAll(drain(decoder));
                }
                assertThat(frames).containsExactlyElementsOf(arrival.messages());
                assertThat(decoder.isEmpty()).isTrue();
            }
        });
    }

    @Test
    void whenFramesAreAskedForMakesNoDifference() {
        forAll(arrivals(), arrival -> {
            try (FrameDecoder decoder = FrameDecoder.ofServer(BODY_BYTES_MAX)) {
                arrival.pieces().forEach(piece -> decoder.feed(Buffers.of(piece)));
                assertThat(drain(decoder)).containsExactlyElementsOf(arrival.messages());
            }
        });
    }

    @Test
    void anyBytesAreFramesOrAViolation() {
        Gen<List<byte[]>> pieces = Gen.listOf(10, Gen.oneOf(List.of(Gen.bytes(20), messages())));
        forAll(pieces, arrived -> {
            try (FrameDecoder decoder = FrameDecoder.ofClient(BODY_BYTES_MAX)) {
                arrived.forEach(piece -> decoder.feed(Buffers.of(piece)));
                drain(decoder);
                decoder.endStartup();
                drain(decoder);
            } catch (ProtocolViolation violation) {
                assertThat(violation.getMessage()).contains(" is not in ");
            }
        });
    }

    /// Whole messages, and the same bytes in the pieces in which they arrive.
    private record Arrival(List<byte[]> messages, List<byte[]> pieces) {}

    private static Gen<Arrival> arrivals() {
        Gen<List<byte[]>> several = Gen.listOf(6, messages());
        Gen<Integer> length = Gen.oneOf(List.of(Gen.between(1, 4), Gen.between(1, 200)));
        return choices -> {
            List<byte[]> messages = several.make(choices);
            ByteBuffer all = ByteBuffer.wrap(concat(messages));
            List<byte[]> pieces = new ArrayList<>();
            while (all.hasRemaining()) {
                byte[] piece = new byte[Math.min(length.make(choices), all.remaining())];
                all.get(piece);
                pieces.add(piece);
            }
            return new Arrival(messages, pieces);
        };
    }

    private static byte[] concat(List<byte[]> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static List<byte[]> drain(FrameDecoder decoder) {
        List<byte[]> frames = new ArrayList<>();
        while (decoder.hasNext()) {
            try (Frame frame = decoder.next()) {
                ByteBuf bytes = frame.take();
                frames.add(ByteBufUtil.getBytes(bytes));
                bytes.release();
            }
        }
        return frames;
    }

    private static Gen<byte[]> messages() {
        List<Gen<byte[]>> gens = Stream.of(FrontendMessages.all(), BackendMessages.all())
                .flatMap(List::stream)
                .map(FrameDecoderProperties::encoded)
                .toList();
        return Gen.oneOf(gens);
    }

    private static <T> Gen<byte[]> encoded(Codec<T> codec) {
        return codec.gen().map(codec::encode);
    }
}
