package dev.pgbraid.router.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hashes are what a server of PostgreSQL 15 gave.
class PartitionHashTest {
    @ParameterizedTest
    @CsvSource({
        "0, -4403592609991167795",
        "1, 5968994663651403477",
        "3, -6526785837914879018",
        "42, 7363975540656877951",
        "-1, -5017072347659237694",
        "2147483648, 4938542303000433043",
        "9223372036854775807, 4938542303000433043",
        "-9223372036854775808, -6050265599104649060",
    })
    void wholeNumbersHashAsBigintDoes(long value, long hash) {
        assertThat(PartitionHash.ofWhole(value)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "'', -5700645584453517373",
        "abc, 3628778498291917250",
        "tenant-1, -8558707084186436496",
        "żółć, 4204724177867222867",
        "0123456789abcdef, -4129830718427646609",
    })
    void textsHashByTheirBytes(String text, long hash) {
        assertThat(Octets.utf8(text).hash()).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, -5281082146396728638",
        "f47ac10b58cc4372a5670e02b2c3d479, 7845930159168796807",
    })
    void uuidsHashByTheirBytes(String digits, long hash) {
        byte[] bytes = HexFormat.of().parseHex(digits);

        assertThat(PartitionHash.ofBytes(bytes, 0, bytes.length)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 2, 0, 0", "1, 0, 2, 0, 8", "3, 1, 1, 1, 9", "42, 0, 0, 2, 2", "-1, 1, 2, 1, 5"})
    void aRowIsPlacedByTheRemainder(long value, long of2, long of3, long of4, long of16) {
        long row = ShardKey.of(new Whole(value)).hash();

        assertThat(Long.remainderUnsigned(row, 2)).isEqualTo(of2);
        assertThat(Long.remainderUnsigned(row, 3)).isEqualTo(of3);
        assertThat(Long.remainderUnsigned(row, 4)).isEqualTo(of4);
        assertThat(Long.remainderUnsigned(row, 16)).isEqualTo(of16);
    }

    @Test
    void columnsAreCombinedAndNullsSkipped() {
        Octets tenant = Octets.utf8("tenant-1");

        assertThat(remainderOf16(new Whole(42), tenant)).isEqualTo(5);
        assertThat(remainderOf16(KeyValue.Null.NULL, Octets.utf8("a"))).isEqualTo(14);
        assertThat(ShardKey.of(KeyValue.Null.NULL, tenant))
                .returns(ShardKey.of(tenant).hash(), ShardKey::hash);
        assertThat(ShardKey.of(KeyValue.Null.NULL, KeyValue.Null.NULL).hash()).isZero();
    }

    private static long remainderOf16(KeyValue... values) {
        return Long.remainderUnsigned(ShardKey.of(values).hash(), 16);
    }

    @Test
    void onlyTheBytesOfTheRangeCount() {
        byte[] bytes = new byte[40];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        for (int length = 0; length <= 30; length++) {
            byte[] alone = new byte[length];
            System.arraycopy(bytes, 5, alone, 0, length);

            assertThat(PartitionHash.ofBytes(bytes, 5, 5 + length)).isEqualTo(PartitionHash.ofBytes(alone, 0, length));
        }
    }
}
