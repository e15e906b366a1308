package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class FrameDecoderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'Q' 00000003 | message of type 81: length 3 is not in 4..104",
                "'Q' ffffffff | message of type 81: length -1 is not in 4..104",
                "'Q' 80000000 | message of type 81: length -2147483648 is not in 4..104",
                "'Q' 00000069 | message of type 81: length 105 is not in 4..104",
                "ff  7fffffff | message of type 255: length 2147483647 is not in 4..104",
            })
    void aLengthThatIsAbsurdIsRefusedBeforeTheBodyIsHere(String wire, String problem) {
        try (FrameDecoder decoder = FrameDecoder.ofServer(100)) {
            decoder.feed(Buffers.of(Wire.bytes(wire)));

            assertThatThrownBy(decoder::hasNext)
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessage(problem);
            assertThatThrownBy(decoder::hasNext).hasMessage(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "00000007 | startup packet: length 7 is not in 8..10004",
                "00002715 | startup packet: length 10005 is not in 8..10004",
                "'GET /'  | startup packet: length 1195725856 is not in 8..10004",
            })
    void aStartupPacketHasLimitsOfItsOwn(String wire, String problem) {
        try (FrameDecoder decoder = FrameDecoder.ofClient(100)) {
            decoder.feed(Buffers.of(Wire.bytes(wire)));

            assertThatThrownBy(decoder::hasNext).hasMessage(problem);
        }
    }

    @Test
    void aLengthInPiecesIsCheckedTooAndNothingLeaks() {
        try (FrameDecoder decoder = FrameDecoder.ofServer(100)) {
            decoder.feed(Buffers.of(Wire.bytes("'Q' 7f")));
            assertThat(decoder.hasNext()).isFalse();
            decoder.feed(Buffers.of(Wire.bytes("ffffff")));

            assertThatThrownBy(decoder::hasNext).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void theLargestBodyIsAccepted() {
        try (FrameDecoder decoder = FrameDecoder.ofServer(3)) {
            decoder.feed(Buffers.of(Wire.bytes("'Q' 00000007 'ab'00")));

            assertThat(decoder.hasNext()).isTrue();
            drop(decoder);
            decoder.limitBodies(2);
            decoder.feed(Buffers.of(Wire.bytes("'Q' 00000007 'ab'00")));
            assertThatThrownBy(decoder::hasNext).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void whatIsGatheredGrowsWithTheBytesNotWithTheAnnouncement() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        try (FrameDecoder decoder = FrameDecoder.ofServer(FrameDecoder.BODY_BYTES_MAX)) {
            decoder.feed(allocator.buffer().writeBytes(Wire.bytes("'d' 3ffffff0")));
            for (int i = 0; i < 1000; i++) {
                decoder.feed(allocator.buffer().writeZero(100));
                assertThat(decoder.hasNext()).isFalse();
            }

            assertThat(allocator.metric().usedHeapMemory()).isBetween(100_000L, 200_100L);
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void aStartIsFollowedByMessages() {
        try (FrameDecoder decoder = FrameDecoder.ofClient(100)) {
            decoder.feed(Buffers.of(Wire.bytes("00000008 04d2162f 00000009 00030000 00 'S' 00000004")));
            drop(decoder);
            assertThat(decoder.isEmpty()).as("bytes follow the SSLRequest").isFalse();
            drop(decoder);
            decoder.endStartup();

            try (Frame sync = decoder.next()) {
                assertThat(sync.tag()).isEqualTo((byte) 'S');
                assertThat(sync.bodyLength()).isZero();
            }
            assertThat(decoder.isEmpty()).isTrue();
            assertThatThrownBy(decoder::next).hasMessage("the next message is not whole");
        }
    }

    @Test
    void aMessageThatArrivedInOnePieceIsNotCopied() {
        ByteBuf read = Buffers.of(Wire.bytes("'S' 00000004 'H' 00000004"));
        try (FrameDecoder decoder = FrameDecoder.ofServer(100)) {
            decoder.feed(read);
            try (Frame sync = decoder.next();
                    Frame flush = decoder.next()) {
                read.setByte(0, 'X').setByte(5, 'Y');
                assertThat(sync.tag()).isEqualTo((byte) 'X');
                assertThat(flush.tag()).isEqualTo((byte) 'Y');
            }
        }
        assertThat(read.refCnt()).isZero();
    }

    @Test
    void closingReleasesWhatIsLeft() {
        ByteBuf whole = Buffers.of(Wire.bytes("'S' 00000004 'S' 00000004"));
        ByteBuf cut = Buffers.of(Wire.bytes("'S' 0000"));
        try (FrameDecoder decoder = FrameDecoder.ofServer(100)) {
            decoder.feed(whole);
            decoder.feed(cut);
            assertThat(decoder.hasNext()).isTrue();
        }

        assertThat(whole.refCnt()).isZero();
        assertThat(cut.refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRestCanBeTakenInOrder(boolean asked) {
        ByteBuf first = Buffers.of(Wire.bytes("'S' 00000004 'H' 00000004 'S' 00"));
        ByteBuf second = Buffers.of(Wire.bytes("0000"));
        try (FrameDecoder decoder = FrameDecoder.ofServer(100)) {
            decoder.feed(first);
            drop(decoder);
            if (asked) {
                drop(decoder);
                assertThat(decoder.hasNext()).isFalse();
            } else {
                assertThat(decoder.hasNext()).isTrue();
            }
            decoder.feed(second);

            ByteBuf rest = decoder.takeRest();
            byte[] expected = Wire.bytes((asked ? "" : "'H' 00000004") + " 'S' 00 0000");
            assertThat(ByteBufUtil.getBytes(rest)).isEqualTo(expected);
            assertThat(decoder.isEmpty()).isTrue();
            rest.release();
        }
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
    }

    private static void drop(FrameDecoder decoder) {
        try (Frame frame = decoder.next()) {
            assertThat(frame.bodyLength()).isNotNegative();
        }
    }
}
