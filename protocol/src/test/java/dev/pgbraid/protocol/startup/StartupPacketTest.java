package dev.pgbraid.protocol.startup;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(NoLeaks.class)
class StartupPacketTest {

    static Stream<Arguments> packets() {
        SequencedMap<ByteString, ByteString> parameters = new LinkedHashMap<>();
        parameters.put(utf8("user"), utf8("shop"));
        parameters.put(utf8("options"), utf8(""));
        return Stream.of(
                Arguments.of(new CancelRequest(new CancelKey(1, utf8("abcd"))), "00000010 04d2162e 00000001 'abcd'"),
                Arguments.of(new SslRequest(), "00000008 04d2162f"),
                Arguments.of(new GssEncRequest(), "00000008 04d21630"),
                Arguments.of(
                        new StartupMessage(ProtocolVersion.V3_2, parameters),
                        "0000001c 00030002 'user'00 'shop'00 'options'00 00 00"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isWrittenAndReadAsTheManualSays(StartupPacket packet, String wire) {
        assertThat(Buffers.written(packet::encode)).isEqualTo(Wire.bytes(wire));
        assertThat(decode(wire)).isEqualTo(packet);
    }

    @Test
    void theParametersKeepTheirOrder() {
        StartupMessage message = (StartupMessage) decode("00000018 00030000 'z'00 '1'00 'a'00 '2'00 'm'00 '3'00 00");

        assertThat(message.parameters().keySet()).containsExactly(utf8("z"), utf8("a"), utf8("m"));
        assertThat(message.parameter("a")).contains(utf8("2"));
        assertThat(message.parameter("b")).isEmpty();
    }

    @Test
    void theLaterOfTwoValuesHolds() {
        StartupMessage message = (StartupMessage) decode("00000011 00030000 'a'00 '1'00 'a'00 '2'00 00");

        assertThat(message.parameter("a")).contains(utf8("2"));
    }

    @Test
    void aMinorVersionThatIsUnknownIsLeftForNegotiation() {
        StartupMessage message = (StartupMessage) decode("00000009 0003270f 00");

        assertThat(message.version()).isEqualTo(new ProtocolVersion(3, 9999)).isGreaterThan(ProtocolVersion.V3_2);
    }

    @Test
    void anotherMajorVersionIsNotSupported() {
        assertThatThrownBy(() -> decode("00000008 00020000"))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.sqlState()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
                .hasMessage("StartupMessage: unsupported frontend protocol 2.0: supported are 3.0 to 3.2");
    }

    @Test
    void nothingMayFollowTheEndOfTheParameters() {
        assertThatThrownBy(() -> decode("0000000a 00030000 00 00")).hasMessage("StartupMessage: 1 bytes are left over");
    }

    private static StartupPacket decode(String wire) {
        return Buffers.read(
                Wire.bytes(wire),
                buffer -> StartupPacket.decode(new MessageReader("startup packet", buffer.skipBytes(4))));
    }
}
