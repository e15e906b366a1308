package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {

    /// The examples of RFC 4013 §3, and spaces.
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "I\u00ADX,IX",
                "user,user",
                "USER,USER",
                "\u00AA,a",
                "\u2168,IX",
                "a\u00A0b,a b",
                "a\u200Bb,a b",
                "\u0627\u0660\u0628,\u0627\u0660\u0628"
            })
    void equalTextBecomesTheSame(String text, String prepared) {
        assertThat(SaslPrep.prepare(text)).contains(prepared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0007",
                "\u06271",
                "1\u0627",
                "\u0627a\u0627",
                "a\u0221",
                "\uD83D\uDE00",
                "\u2028",
                "\uE000",
                "\uFFFF",
                "\uDBFF\uDFFE",
                "\u202E"
            })
    void prohibitedTextIsNotPrepared(String text) {
        assertThat(SaslPrep.prepare(text)).isEmpty();
    }

    @Test
    void aPasswordThatCannotBePreparedIsUsedAsItIs() {
        ByteString latin = ByteString.copyOf(new byte[] {(byte) 0xFC});

        assertThat(SaslPrep.password(utf8("I\u00ADX"))).isEqualTo(utf8("IX"));
        assertThat(SaslPrep.password(utf8("\uD83D\uDE00"))).isEqualTo(utf8("\uD83D\uDE00"));
        assertThat(SaslPrep.password(utf8("\u00AD"))).as("would be empty").isEqualTo(utf8("\u00AD"));
        assertThat(SaslPrep.password(latin)).isEqualTo(latin);
    }
}
