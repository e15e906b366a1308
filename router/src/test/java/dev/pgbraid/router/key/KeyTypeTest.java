package dev.pgbraid.router.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Examples; that servers agree, for thousands of texts, is tested where there are servers.
class KeyTypeTest {
    @ParameterizedTest
    @CsvSource({
        "SMALLINT, ' 0042 ', 42",
        "INTEGER, +5, 5",
        "INTEGER, -2147483648, -2147483648",
        "BIGINT, 9223372036854775807, 9223372036854775807",
        "BIGINT, -9223372036854775808, -9223372036854775808",
        "INTEGER, 1_000, 1000",
        "INTEGER, 0x_1F, 31",
        "INTEGER, -0B101, -5",
        "BOOLEAN, ' Of ', 0",
        "BOOLEAN, tru, 1",
        "DATE, 2000-01-01, 0",
        "DATE, 1999-12-31, -1",
        "DATE, -infinity, -2147483648",
        "TIMESTAMP, 2000-01-01 00:00:01.5, 1500000",
        "TIMESTAMP, 1999-12-31T23:59, -60000000",
        "TIMESTAMP, infinity, 9223372036854775807",
        "TIMESTAMPTZ, 2000-01-01 01:00:00+01, 0",
        "TIMESTAMPTZ, 1999-12-31 18:30:00-05:30, 0",
        "TIMESTAMPTZ, 2000-01-01 00:00:00Z, 0",
    })
    void wholeNumbersAreRead(KeyType type, String text, long value) {
        assertThat(read(type, text)).isEqualTo(new Proven(new Whole(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 2147483648, 22003",
        "SMALLINT, -32769, 22003",
        "BIGINT, 9223372036854775808, 22003",
        "INTEGER, '', 22P02",
        "INTEGER, 1.5, 22P02",
        "INTEGER, _1, 22P02",
        "INTEGER, 1__0, 22P02",
        "INTEGER, 0x, 22P02",
        "NUMERIC, ., 22P02",
        "NUMERIC, 1e, 22P02",
        "NUMERIC, -NaN, 22P02",
        "BOOLEAN, o, 22P02",
        "UUID, f47ac10b-58cc-4372-a567-0e02b2c3d47, 22P02",
        "UUID, f47ac10b-58cc-4372-a567-0e02b2c3d479-, 22P02",
        "BYTEA, \\x0, 22023",
        "BYTEA, \\xzz, 22023",
        "BYTEA, \\9, 22P02",
        "DATE, 2023-02-29, 22008",
        "DATE, 0000-01-01, 22008",
        "TIMESTAMP, 2026-13-01 00:00, 22008",
    })
    void errorsAreThoseOfTheServer(KeyType type, String text, String sqlState) {
        assertThat(read(type, text))
                .isInstanceOfSatisfying(
                        Invalid.class, invalid -> assertThat(invalid.sqlState()).isEqualTo(sqlState));
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 11/12/2026",
        "DATE, today",
        "DATE, 2026-11-21 BC",
        "TIMESTAMPTZ, 2026-11-21 15:40:00",
        "TIMESTAMPTZ, 2026-11-21",
        "TIMESTAMPTZ, 2026-11-21 15:40:00 Europe/Warsaw",
        "TIMESTAMP, 2026-11-21 15:40:00.1234567",
        "TIMESTAMP, 2026-11-21 15:40.5",
        "TIMESTAMP, 2026-11-21 24:00:00",
        "TIMESTAMP, now",
        "NUMERIC, 1e2000",
        "NUMERIC, 0x1F",
        "INTEGER, ٣",
        "INTEGER, 99999999999999999999x",
    })
    void whatDependsOnMoreIsNotProven(KeyType type, String text) {
        assertThat(read(type, text)).isInstanceOf(Unprovable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "+1.000", "10e-1", "0.1E1", ".1e1", "1.", " 0001 ", "1e0_0"})
    void aNumberHasManySpellings(String text) {
        assertThat(read(KeyType.NUMERIC, text)).isEqualTo(new Proven(new Decimal(BigDecimal.ONE)));
    }

    @Test
    void uuidsAreReadInEachOfTheirForms() {
        String plain = "f47ac10b58cc4372a5670e02b2c3d479";
        byte[] bytes = HexFormat.of().parseHex(plain);
        Proven uuid = new Proven(Octets.copyOf(bytes, 0, bytes.length));

        assertThat(read(KeyType.UUID, plain)).isEqualTo(uuid);
        assertThat(read(KeyType.UUID, "F47AC10B-58CC-4372-A567-0E02B2C3D479")).isEqualTo(uuid);
        assertThat(read(KeyType.UUID, "{f47ac10b-58cc4372-a567-0e02b2c3-d479}")).isEqualTo(uuid);
    }

    @Test
    void bytesAreReadInBothForms() {
        Proven bytes = new Proven(Octets.copyOf(new byte[] {0, 92, 97, -1}, 0, 4));

        assertThat(read(KeyType.BYTEA, "\\x005C 61ff")).isEqualTo(bytes);
        assertThat(read(KeyType.BYTEA, "\\000\\\\a\\377")).isEqualTo(bytes);
    }

    @Test
    void paddingDistinguishesTextsButNotCharacters() {
        assertThat(read(KeyType.CHARACTER, "a  ")).isEqualTo(read(KeyType.CHARACTER, "a"));
        assertThat(read(KeyType.VARCHAR, "a  ")).isNotEqualTo(read(KeyType.VARCHAR, "a"));
        assertThat(read(KeyType.TEXT, "a\0")).isInstanceOf(Unprovable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SMALLINT, fffe, -2",
        "INTEGER, 7fffffff, 2147483647",
        "BIGINT, 8000000000000000, -9223372036854775808",
        "BOOLEAN, 02, 1",
        "DATE, ffffffff, -1",
        "TIMESTAMPTZ, 00000000000f4240, 1000000",
    })
    void binaryNumbersAreRead(KeyType type, String hexadecimal, long value) {
        assertThat(binary(type, hexadecimal)).isEqualTo(new Proven(new Whole(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 0000, 08P01",
        "INTEGER, 0000000001, 22P03",
        "UUID, 00, 08P01",
        "DATE, 80000001, 22008",
        "TIMESTAMP, 8000000000000001, 22008",
        "DATE, 8000000100, 22008",
        "DATE, 0000000100, 22P03",
        "NUMERIC, 0001000000000000, 08P01",
        "NUMERIC, 00010000000000002710, 22P03",
        "NUMERIC, 0001000012340000 0001, 22P03",
        "NUMERIC, 00010000000040000001, 22P03",
        "NUMERIC, 000000000000000000, 22P03",
    })
    void brokenBinaryFormsAreErrors(KeyType type, String hexadecimal, String sqlState) {
        assertThat(binary(type, hexadecimal.replace(" ", "")))
                .isInstanceOfSatisfying(
                        Invalid.class, invalid -> assertThat(invalid.sqlState()).isEqualTo(sqlState));
    }

    @Test
    void digitsThatTheScaleHidesAreCutOff() {
        // 1.2345 with two places shown.
        assertThat(binary(KeyType.NUMERIC, "00020000000000020001" + "0929"))
                .isEqualTo(new Proven(new Decimal(new BigDecimal("1.23"))));
        assertThat(binary(KeyType.NUMERIC, "0000000040000000")).isEqualTo(new Proven(new Decimal(BigDecimal.ZERO)));
        assertThat(binary(KeyType.NUMERIC, "00000000c0000000")).isEqualTo(new Proven(Decimal.NAN));
        assertThat(binary(KeyType.NUMERIC, "00000000f0000020")).isEqualTo(new Proven(Decimal.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @EnumSource
    void anIdentifierStandsForItsType(KeyType type) {
        assertThat(KeyType.ofOid(type.oid())).contains(type);
        assertThat(KeyType.ofOid(0)).isEmpty();
    }

    @Test
    void valuesOfTwoFormsHaveNoOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyValue.compare(new Whole(1), Octets.utf8("1")))
                .withMessage("no order between Whole[value=1] and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyValue.compare(KeyValue.Null.NULL, KeyValue.Null.NULL));
    }

    @Test
    void onlyAValueOfItsTypeIsAssignedToAColumn() {
        KeyColumn column = new KeyColumn("k", KeyType.SMALLINT, -1, KeyCollation.BYTES);

        assertThat(column.assign(KeyValue.Null.NULL)).isEqualTo(new Proven(KeyValue.Null.NULL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> column.assign(new Whole(70_000)))
                .withMessage("Whole[value=70000] is no smallint");
    }

    @ParameterizedTest
    @CsvSource({
        "VARCHAR, 7, true",
        "VARCHAR, -1, false",
        "CHARACTER, 7, false",
        "NUMERIC, 196613, true",
        "TIMESTAMP, 0, true",
        "TIMESTAMPTZ, 6, false",
        "UUID, -1, false",
    })
    void onlySomeColumnsChangeWhatTheyAreAssigned(KeyType type, int modifier, boolean canChange) {
        assertThat(new KeyColumn("k", type, modifier, KeyCollation.BYTES).canChangeAssigned())
                .isEqualTo(canChange);
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheBytesOfTheRangeAreRead(KeyType type) {
        byte[] bytes = "99 2026-11-21 15:40:00Z 99".getBytes(UTF_8);

        for (int from = 0; from < bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                String text = new String(bytes, from, to - from, UTF_8);
                assertThat(type.readText(bytes, from, to)).as(text).isEqualTo(read(type, text));
                assertThat(type.readBinary(bytes, from, to))
                        .isEqualTo(binary(type, HexFormat.of().formatHex(bytes, from, to)));
            }
        }
    }

    private static KeyReading read(KeyType type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return type.readText(bytes, 0, bytes.length);
    }

    private static KeyReading binary(KeyType type, String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal.toLowerCase(Locale.ROOT));
        return type.readBinary(bytes, 0, bytes.length);
    }
}
