package dev.pgbraid.protocol.frontend;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
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
class FrontendLayoutTest {

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(
                        new Bind(
                                utf8("p"),
                                utf8("s"),
                                List.of(Format.TEXT, Format.BINARY),
                                List.of(WireValue.NULL, WireValue.text("7")),
                                List.of(Format.BINARY)),
                        "'B' 0000001d 'p'00 's'00 0002 0000 0001 0002 ffffffff 00000001 '7' 0001 0001"),
                Arguments.of(new Close(Target.PORTAL, utf8("c")), "'C' 00000007 'P' 'c'00"),
                Arguments.of(new CopyData(utf8("1\t2\n")), "'d' 00000008 '1' 09 '2' 0a"),
                Arguments.of(new CopyDone(), "'c' 00000004"),
                Arguments.of(new CopyFail(utf8("no")), "'f' 00000007 'no'00"),
                Arguments.of(new Describe(Target.STATEMENT, ByteString.EMPTY), "'D' 00000006 'S' 00"),
                Arguments.of(new Execute(utf8("p"), 100), "'E' 0000000a 'p'00 00000064"),
                Arguments.of(new Flush(), "'H' 00000004"),
                Arguments.of(
                        new FunctionCall(1299, List.of(Format.TEXT), List.of(WireValue.text("")), Format.BINARY),
                        "'F' 00000014 00000513 0001 0000 0001 00000000 0001"),
                Arguments.of(
                        new Parse(utf8("s"), utf8("select $1"), List.of(23, 0)),
                        "'P' 0000001a 's'00 'select $1'00 0002 00000017 00000000"),
                Arguments.of(new Query(utf8("select 1")), "'Q' 0000000d 'select 1'00"),
                Arguments.of(new Sync(), "'S' 00000004"),
                Arguments.of(new Terminate(), "'X' 00000004"));
    }

    static Stream<Arguments> answersToAuthentication() {
        return Stream.of(
                Arguments.of(new GssResponse(utf8("token")), "'p' 00000009 'token'"),
                Arguments.of(new PasswordMessage(utf8("secret")), "'p' 0000000b 'secret'00"),
                Arguments.of(
                        new SaslInitialResponse(utf8("SCRAM-SHA-256"), WireValue.text("n,,")),
                        "'p' 00000019 'SCRAM-SHA-256'00 00000003 'n,,'"),
                Arguments.of(new SaslInitialResponse(utf8("X"), WireValue.NULL), "'p' 0000000a 'X'00 ffffffff"),
                Arguments.of(new SaslResponse(utf8("c=biws")), "'p' 0000000a 'c=biws'"));
    }

    @ParameterizedTest
    @MethodSource({"messages", "answersToAuthentication"})
    void isWrittenAsTheManualSays(FrontendMessage message, String wire) {
        assertThat(Buffers.written(message::encode)).isEqualTo(Wire.bytes(wire));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadAsTheManualSays(FrontendMessage message, String wire) {
        assertThat(decode(wire)).isEqualTo(message);
    }

    @Test
    void answersToAuthenticationHaveNoMeaningOutsideOfIt() {
        assertThatThrownBy(() -> decode("'p' 0000000b 'secret'00"))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("message: invalid frontend message type 112");
    }

    @Test
    void aFormatThatIsUnknownIsABadValue() {
        assertThatThrownBy(() -> decode("'B' 0000000c 0000 0001 0002 0000 0000"))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
                .hasMessage("Bind: unsupported format code: 2");
    }

    @Test
    void formatsMustBeAsManyAsTheValues() {
        assertThatThrownBy(() -> decode("'B' 00000014 0000 0002 0000 0000 0001 ffffffff 0000"))
                .hasMessage("Bind: 2 parameter formats but 1 parameters");
    }

    @Test
    void countsAreUnsigned() {
        String types = "00000017".repeat(0x8001);
        Parse parse = (Parse) decode("'P' 0002000c 0000 8001" + types);

        assertThat(parse.parameterTypes()).hasSize(0x8001);
    }

    @Test
    void oneFormatStandsForAllValuesAndNoneForText() {
        List<WireValue> two = List.of(WireValue.text("a"), WireValue.text("b"));
        Bind one = new Bind(utf8(""), utf8(""), List.of(Format.BINARY), two, List.of());
        Bind none = new Bind(utf8(""), utf8(""), List.of(), two, List.of());
        Bind each = new Bind(utf8(""), utf8(""), List.of(Format.TEXT, Format.BINARY), two, List.of());

        assertThat(one.parameterFormat(1)).isEqualTo(Format.BINARY);
        assertThat(none.parameterFormat(1)).isEqualTo(Format.TEXT);
        assertThat(each.parameterFormat(0)).isEqualTo(Format.TEXT);
        assertThat(each.parameterFormat(1)).isEqualTo(Format.BINARY);
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(new PasswordMessage(utf8("secret"))).hasToString("PasswordMessage[password=***]");
    }

    private static FrontendMessage decode(String wire) {
        byte[] bytes = Wire.bytes(wire);
        return Buffers.read(
                bytes, buffer -> FrontendMessage.decode(bytes[0], new MessageReader("message", buffer.skipBytes(5))));
    }
}
