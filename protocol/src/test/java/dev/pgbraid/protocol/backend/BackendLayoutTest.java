package dev.pgbraid.protocol.backend;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages against bytes written down by hand from the manual, so that a mistake made twice is found.
@ExtendWith(NoLeaks.class)
class BackendLayoutTest {

    static Stream<Arguments> authentication() {
        return Stream.of(
                Arguments.of(new AuthenticationOk(), "'R' 00000008 00000000"),
                Arguments.of(new AuthenticationKerberosV5(), "'R' 00000008 00000002"),
                Arguments.of(new AuthenticationCleartextPassword(), "'R' 00000008 00000003"),
                Arguments.of(new AuthenticationMd5Password(utf8("salt")), "'R' 0000000c 00000005 'salt'"),
                Arguments.of(new AuthenticationGss(), "'R' 00000008 00000007"),
                Arguments.of(new AuthenticationGssContinue(utf8("xy")), "'R' 0000000a 00000008 'xy'"),
                Arguments.of(new AuthenticationSspi(), "'R' 00000008 00000009"),
                Arguments.of(
                        new AuthenticationSasl(List.of(utf8("SCRAM-SHA-256"), utf8("X"))),
                        "'R' 00000019 0000000a 'SCRAM-SHA-256'00 'X'00 00"),
                Arguments.of(new AuthenticationSaslContinue(utf8("r=1")), "'R' 0000000b 0000000b 'r=1'"),
                Arguments.of(new AuthenticationSaslFinal(utf8("v=1")), "'R' 0000000b 0000000c 'v=1'"));
    }

    static Stream<Arguments> session() {
        ErrorFields error = ErrorFields.error(Severity.ERROR, SqlState.SYNTAX_ERROR, "oops");
        return Stream.of(
                Arguments.of(new BackendKeyData(new CancelKey(7, utf8("key!"))), "'K' 0000000c 00000007 'key!'"),
                Arguments.of(new ErrorResponse(error), "'E' 00000020 'SERROR'00 'VERROR'00 'C42601'00 'Moops'00 00"),
                Arguments.of(new NoticeResponse(error), "'N' 00000020 'SERROR'00 'VERROR'00 'C42601'00 'Moops'00 00"),
                Arguments.of(
                        new NegotiateProtocolVersion(ProtocolVersion.V3_0, List.of(utf8("_pq_.foo"))),
                        "'v' 00000015 00030000 00000001 '_pq_.foo'00"),
                Arguments.of(
                        new NotificationResponse(7, utf8("channel"), utf8("hi")),
                        "'A' 00000013 00000007 'channel'00 'hi'00"),
                Arguments.of(new ParameterStatus(utf8("TimeZone"), utf8("UTC")), "'S' 00000011 'TimeZone'00 'UTC'00"),
                Arguments.of(new ReadyForQuery(TransactionStatus.IDLE), "'Z' 00000005 'I'"),
                Arguments.of(new ReadyForQuery(TransactionStatus.IN_TRANSACTION), "'Z' 00000005 'T'"),
                Arguments.of(new ReadyForQuery(TransactionStatus.FAILED), "'Z' 00000005 'E'"));
    }

    static Stream<Arguments> results() {
        List<Format> formats = List.of(Format.TEXT, Format.BINARY);
        return Stream.of(
                Arguments.of(new BindComplete(), "'2' 00000004"),
                Arguments.of(new CloseComplete(), "'3' 00000004"),
                Arguments.of(new CommandComplete(utf8("INSERT 0 1")), "'C' 0000000f 'INSERT 0 1'00"),
                Arguments.of(new CopyBothResponse(Format.TEXT, List.of()), "'W' 00000007 00 0000"),
                Arguments.of(new CopyData(utf8("1\n")), "'d' 00000006 '1' 0a"),
                Arguments.of(new CopyDone(), "'c' 00000004"),
                Arguments.of(new CopyInResponse(Format.BINARY, formats), "'G' 0000000b 01 0002 0000 0001"),
                Arguments.of(new CopyOutResponse(Format.TEXT, formats), "'H' 0000000b 00 0002 0000 0001"),
                Arguments.of(
                        new DataRow(List.of(WireValue.text("a"), WireValue.NULL, WireValue.text(""))),
                        "'D' 00000013 0003 00000001 'a' ffffffff 00000000"),
                Arguments.of(new EmptyQueryResponse(), "'I' 00000004"),
                Arguments.of(new FunctionCallResponse(WireValue.text("x")), "'V' 00000009 00000001 'x'"),
                Arguments.of(new NoData(), "'n' 00000004"),
                Arguments.of(new ParameterDescription(List.of(23)), "'t' 0000000a 0001 00000017"),
                Arguments.of(new ParseComplete(), "'1' 00000004"),
                Arguments.of(new PortalSuspended(), "'s' 00000004"),
                Arguments.of(
                        new RowDescription(
                                List.of(new RowDescription.Field(utf8("id"), 16384, -1, 25, -1, 68, Format.BINARY))),
                        "'T' 0000001b 0001 'id'00 00004000 ffff 00000019 ffff 00000044 0001"));
    }

    @ParameterizedTest
    @MethodSource({"authentication", "session", "results"})
    void isWrittenAndReadAsTheManualSays(BackendMessage message, String wire) {
        assertThat(Buffers.written(message::encode)).isEqualTo(Wire.bytes(wire));
        assertThat(decode(wire)).isEqualTo(message);
    }

    @Test
    void aTypeThatIsUnknownIsAViolation() {
        assertThatThrownBy(() -> decode("7f 00000004")).hasMessage("message: invalid backend message type 127");
        assertThatThrownBy(() -> decode("ff 00000004")).hasMessage("message: invalid backend message type 255");
        assertThatThrownBy(() -> decode("'R' 00000008 00000001"))
                .hasMessage("Authentication: unknown authentication request 1");
    }

    @Test
    void aTransactionStatusThatIsUnknownIsAViolation() {
        assertThatThrownBy(() -> decode("'Z' 00000005 'X'"))
                .hasMessage("ReadyForQuery: transaction status 88 is none of I, T, E");
    }

    @Test
    void aCancelKeyIsNeitherShorterNorLongerThanTheProtocolAllows() {
        assertThatThrownBy(() -> decode("'K' 0000000b 00000007 'key'"))
                .hasMessage("BackendKeyData: a cancel key has 4..256 bytes, got 3");
        assertThatThrownBy(() -> decode("'K' 00000109 00000007" + "61".repeat(257)))
                .hasMessage("BackendKeyData: a cancel key has 4..256 bytes, got 257");
    }

    private static BackendMessage decode(String wire) {
        byte[] bytes = Wire.bytes(wire);
        return Buffers.read(
                bytes, buffer -> BackendMessage.decode(bytes[0], new MessageReader("message", buffer.skipBytes(5))));
    }
}
