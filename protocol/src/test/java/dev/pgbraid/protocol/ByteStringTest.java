package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteStringTest {

    @Test
    void equalBytesAreEqual() {
        byte[] bytes = {'a', 'b'};

        assertThat(ByteString.copyOf(bytes))
                .isEqualTo(ByteString.utf8("ab"))
                .hasSameHashCodeAs(ByteString.utf8("ab"))
                .isNotEqualTo(ByteString.utf8("aB"))
                .isNotEqualTo(ByteString.EMPTY);
    }

    @Test
    void laterChangesOfTheArraysHaveNoEffect() {
        byte[] bytes = {'a'};
        ByteString string = ByteString.copyOf(bytes);

        bytes[0] = 'b';
        string.toByteArray()[0] = 'c';

        assertThat(string).isEqualTo(ByteString.utf8("a"));
    }

    @Test
    void bytesThatAreNotUtf8AreKeptAndShownAsReplacements() {
        ByteString latin = ByteString.copyOf(new byte[] {'m', (byte) 0xFC});

        assertThat(latin).hasToString("m\uFFFD").isNotEqualTo(ByteString.utf8("m\uFFFD"));
        assertThat(latin.at(1)).isEqualTo((byte) 0xFC);
        assertThat(latin.indexOf((byte) 0xFC)).isEqualTo(1);
        assertThat(latin.indexOf((byte) 'x')).isEqualTo(-1);
    }
}
