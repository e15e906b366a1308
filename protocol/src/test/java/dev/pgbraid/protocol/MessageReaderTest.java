package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.testing.Buffers;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.Wire;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NoLeaks.class)
class MessageReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "byte    |          | a byte needs 1 bytes, and 0 are left",
                "int16   | 00       | an Int16 needs 2 bytes, and 1 are left",
                "int32   | 000000   | an Int32 needs 4 bytes, and 3 are left",
                "string  | 'abc'    | a string is not ended within the 3 bytes left",
                "value   | 00000005 'abcd' | a value needs 5 bytes, and 4 are left",
                "value   | fffffffe | a value has the length -2",
                "value   | 80000000 | a value has the length -2147483648",
                "value   | 7fffffff | a value needs 2147483647 bytes, and 0 are left",
                "list    | ffff 00  | a list has 65535 elements, and 1 bytes are left",
                "list    | 0002 0001 00 | an Int16 needs 2 bytes, and 1 are left",
                "counted | ffffffff | a list has -1 elements, and 0 bytes are left",
                "counted | 7fffffff | a list has 2147483647 elements, and 0 bytes are left",
                "end     | 0000     | 2 bytes are left over",
            })
    void whatDoesNotFitIsAViolationWithActualAndLimit(String field, String wire, String problem) {
        byte[] bytes = Wire.bytes(wire == null ? "" : wire);

        assertThatThrownBy(() -> Buffers.read(bytes, body -> read(field, new MessageReader("Bind", body))))
                .isInstanceOfSatisfying(ProtocolViolation.class, violation -> {
                    assertThat(violation.sqlState()).isEqualTo(SqlState.PROTOCOL_VIOLATION);
                    assertThat(violation.getStackTrace()).isEmpty();
                })
                .hasMessage("Bind: " + problem)
                .hasNoCause();
    }

    private static Object read(String field, MessageReader in) {
        return switch (field) {
            case "byte" -> in.readUInt8();
            case "int16" -> in.readInt16();
            case "int32" -> in.readInt32();
            case "string" -> in.readCString();
            case "value" -> in.readValue();
            case "list" -> in.readList(MessageReader::readInt16);
            case "counted" -> in.readList(in.readInt32(), MessageReader::readCString);
            case "end" -> end(in);
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static boolean end(MessageReader in) {
        in.end();
        return true;
    }

    @Test
    void signedAndUnsignedNumbersDiffer() {
        assertThat(read("ffff", MessageReader::readInt16)).isEqualTo(-1);
        assertThat(read("ffff", MessageReader::readUInt16)).isEqualTo(0xFFFF);
        assertThat(read("ff", MessageReader::readUInt8)).isEqualTo(0xFF);
        assertThat(read("ffffffff", MessageReader::readInt32)).isEqualTo(-1);
    }

    @Test
    void anEmptyValueIsNotNull() {
        assertThat(read("00000000", MessageReader::readValue)).isEqualTo(WireValue.text(""));
        assertThat(read("ffffffff", MessageReader::readValue)).isEqualTo(WireValue.NULL);
    }

    @Test
    void anEmptyStringIsOneZeroByte() {
        String both = read("00 'rest'", in -> in.readCString() + "," + in.readRemaining());

        assertThat(both).isEqualTo(",rest");
    }

    private static <T> T read(String wire, Function<MessageReader, T> field) {
        return Buffers.read(Wire.bytes(wire), body -> field.apply(new MessageReader("Bind", body)));
    }
}
