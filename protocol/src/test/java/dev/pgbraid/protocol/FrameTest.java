package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class FrameTest {
    private final ByteBuf bytes = Buffers.of(Wire.bytes("'Q' 0000000a 'hello'00"));

    @Test
    void closingGivesTheBufferUp() {
        try (Frame frame = new Frame(bytes)) {
            assertThat(frame.tag()).isEqualTo((byte) 'Q');
            assertThat(frame.bodyLength()).isEqualTo(6);
            assertThat(frame.body("Query").readCString()).hasToString("hello");
            assertThat(frame.body("Query").readCString()).hasToString("hello");
        }
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void takingPassesTheBufferOn() {
        try (Frame frame = new Frame(bytes)) {
            assertThat(frame.take()).isSameAs(bytes);
        }
        assertThat(bytes.refCnt()).isOne();
        bytes.release();
    }

    @Test
    void aFrameIsOfNoUseAfterwards() {
        try (Frame frame = new Frame(bytes)) {
            frame.take().release();

            assertThatThrownBy(frame::take).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(frame::tag).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> frame.body("Query")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aStartupPacketHasNoTypeByte() {
        bytes.skipBytes(1);
        try (Frame frame = Frame.startup(bytes)) {
            assertThat(frame.bodyLength()).isEqualTo(6);
            assertThat(frame.body("Query").readCString()).hasToString("hello");
            assertThatThrownBy(frame::tag).hasMessage("a startup packet has no type byte");
        }
    }
}
