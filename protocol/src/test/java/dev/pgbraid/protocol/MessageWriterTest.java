package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class MessageWriterTest {

    @Test
    void messagesFollowEachOther() {
        byte[] wire = Buffers.written(out -> {
            MessageWriter.writeStartup(out, body -> body.writeInt32(1));
            MessageWriter.write(out, (byte) 'Q', body -> body.writeCString(ByteString.utf8("a")));
            MessageWriter.write(out, (byte) 'S', _ -> {});
        });

        assertThat(wire).isEqualTo(Wire.bytes("00000008 00000001 'Q' 00000006 'a'00 'S' 00000004"));
    }

    @Test
    void aZeroByteCannotEndAStringEarlyAndNothingIsWritten() {
        ByteString injected = ByteString.utf8("a\0b");

        byte[] wire = Buffers.written(out -> {
            out.writeByte('x');
            assertThatThrownBy(() -> MessageWriter.write(out, (byte) 'Q', body -> body.writeCString(injected)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a string may not hold a zero byte");
        });

        assertThat(wire).isEqualTo(Wire.bytes("'x'"));
    }

    @Test
    void aListHasAsManyElementsAsItsCountCanSay() {
        byte[] wire = Buffers.written(out -> MessageWriter.write(
                out,
                (byte) 'D',
                body -> body.writeList(Collections.nCopies(0xFFFF, 7), (each, to) -> to.writeByte(each))));
        assertThat(wire).hasSize(1 + 4 + 2 + 0xFFFF).startsWith(Wire.bytes("'D' 00010005 ffff 07"));

        Buffers.written(out -> assertThatThrownBy(() -> MessageWriter.write(
                        out,
                        (byte) 'D',
                        body -> body.writeList(Collections.nCopies(0x10000, 7), (each, to) -> to.writeByte(each))))
                .hasMessage("a list may have 65535 elements, has 65536"));
    }
}
