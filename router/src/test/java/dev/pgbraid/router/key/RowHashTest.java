package dev.pgbraid.router.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pgbraid.router.key.KeyReading.Proven;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is hashed without making a value hashes as the value does.
class RowHashTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-0",
            "-",
            "+1",
            "42",
            "-42",
            "007",
            " 7",
            "1_0",
            "32768",
            "2147483648",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
            "9223372036854775808",
            "a",
            "a  ",
            "a\0",
            "żółć",
            "t",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479",
            "F47AC10B58CC4372A5670E02B2C3D479",
            "f47ac10b-58cc-4372-a567-0e02b2c3d47g",
            "f47ac10b458cc-4372-a567-0e02b2c3d479",
            "{47ac10b-58cc-4372-a567-0e02b2c3d479",
            "1.50",
            "2026-11-21",
            "2026-11-21 15:40:00",
            "infinity",
            "2026-11-21 15:40:00Z",
            "\\x00",
            "\\");

    private final RowHash hash = new RowHash();

    @ParameterizedTest
    @EnumSource
    void textsHashAsTheirValues(KeyType type) {
        for (String text : TEXTS) {
            byte[] bytes = ("x" + text + "9").getBytes(UTF_8);
            hash.reset();
            boolean isProven = hash.addText(type, bytes, 1, bytes.length - 1);

            assertAgrees(text, isProven, type.readText(bytes, 1, bytes.length - 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void binaryFormsHashAsTheirValues(KeyType type) {
        byte[] bytes = HexFormat.of().parseHex("00ff41c2a9202000000000800000007fffffffffffffff0100000000000000");
        for (int from = 0; from < bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                hash.reset();
                boolean isProven = hash.addBinary(type, bytes, from, to);

                assertAgrees(from + " to " + to, isProven, type.readBinary(bytes, from, to));
            }
        }
    }

    private void assertAgrees(String described, boolean isProven, KeyReading reading) {
        assertThat(isProven).as(described).isEqualTo(reading instanceof Proven);
        if (reading instanceof Proven(KeyValue value)) {
            assertThat(hash.value()).as(described).isEqualTo(ShardKey.of(value).hash());
        }
    }

    @Test
    void columnsAddUpAndNullIsSkipped() {
        byte[] tenant = "tenant-1".getBytes(UTF_8);
        hash.reset();

        assertThat(hash.addText(KeyType.BIGINT, new byte[] {'4', '2'}, 0, 2)).isTrue();
        hash.add(KeyValue.Null.NULL);
        assertThat(hash.addText(KeyType.TEXT, tenant, 0, tenant.length)).isTrue();
        assertThat(hash.value())
                .isEqualTo(ShardKey.of(new Whole(42), Octets.utf8("tenant-1")).hash());
    }

    @Test
    void plainFormsCostNoAllocation() {
        byte[] number = "1234567890".getBytes(UTF_8);
        byte[] text = "tenant-1234".getBytes(UTF_8);
        byte[] uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479".getBytes(UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 100_000;
        long before = 0;
        // The first half lets the compiler do its work.
        for (int round = 0; round < 2 * rounds; round++) {
            if (round == rounds) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            hash.reset();
            hash.addText(KeyType.BIGINT, number, 0, number.length);
            hash.addText(KeyType.TEXT, text, 0, text.length);
            hash.addText(KeyType.UUID, uuid, 0, uuid.length);
            hash.addBinary(KeyType.BIGINT, number, 0, Long.BYTES);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    }
}
