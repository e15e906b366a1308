package dev.pgbraid.protocol.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodePointSetTest {

    @Test
    void holdsItsRangesAndNothingElse() {
        CodePointSet set = CodePointSet.parse("3 5-7\n  A-B 10FFFF");

        assertThat(IntStream.range(0, 0x10).filter(set::contains)).containsExactly(3, 5, 6, 7, 0xA, 0xB);
        assertThat(set.contains(0x10FFFF)).isTrue();
        assertThat(set.contains(0x10FFFE)).isFalse();
    }
}
