package dev.pgbraid.router.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEncodingTest {

    @Test
    void comparesLettersAndDigitsOnly() {
        assertThat(ClientEncoding.charset("utf-8")).contains(StandardCharsets.UTF_8);
        assertThat(ClientEncoding.charset("UNICODE")).contains(StandardCharsets.UTF_8);
        assertThat(ClientEncoding.charset("iso_8859_1")).contains(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SJIS", "Shift_JIS", "BIG5", "GBK", "UHC", "GB18030", "JOHAB", "SHIFT_JIS_2004", "WIN936", "none"
            })
    void refusesEncodingsThatHideQuotes(String name) {
        assertThat(ClientEncoding.charset(name)).isEmpty();
    }
}
