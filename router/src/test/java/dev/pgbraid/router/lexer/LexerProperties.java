package dev.pgbraid.router.lexer;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexerProperties {
    private static final Gen<String> SCRAPS = Gen.listOf(
                    60,
                    Gen.of(List.of(
                            "'",
                            "\"",
                            "\\",
                            "$",
                            "$a$",
                            "E'",
                            "U&'",
                            "u&\"",
                            "x'",
                            "--",
                            "/*",
                            "*/",
                            "\n",
                            " ",
                            "1",
                            ".",
                            "e",
                            "+",
                            "-",
                            "a",
                            "0x",
                            "_",
                            ";",
                            "(",
                            ")",
                            "[",
                            "]",
                            "é",
                            "UESCAPE",
                            "BEGIN ATOMIC",
                            "CREATE FUNCTION",
                            "END",
                            "\\u",
                            "d83d",
                            "@",
                            "=",
                            ":",
                            "\0")))
            .map(scraps -> String.join("", scraps));

    private final Lexer lexer = new Lexer();

    @Test
    void tokensFollowEachOtherAndOnlyBlanksAreBetween() {
        forAll(SCRAPS, sql -> {
            byte[] text = sql.getBytes(StandardCharsets.UTF_8);
            Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);

            int position = 0;
            for (int token = 0; token < tokens.count(); token++) {
                assertThat(tokens.end(token)).isGreaterThan(tokens.start(token));
                assertThat(Quotes.skipBlanks(text, position, text.length)).isEqualTo(tokens.start(token));
                position = tokens.end(token);
            }
            if (tokens.error().isEmpty()) {
                assertThat(Quotes.skipBlanks(text, position, text.length)).isEqualTo(text.length);
            }
        });
    }

    @Test
    void everyLiteralAndNameOfAGoodTextDecodes() {
        forAll(SCRAPS, sql -> {
            Tokens tokens = Reading.read(sql);
            if (tokens.error().isPresent()) {
                return;
            }
            for (int token = 0; token < tokens.count(); token++) {
                if (tokens.kind(token).isString()) {
                    assertThat(tokens.string(token).length()).isLessThan(sql.length());
                } else if (tokens.kind(token).isQuotedName()) {
                    assertThat(tokens.name(token).getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThan(64);
                }
            }
        });
    }

    @Test
    void aQuotedValueComesBack() {
        forAll(SCRAPS.map(value -> value.replace("\0", "")), value -> {
            String quoted = "'" + value.replace("'", "''") + "'";
            String escaped = "E'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";

            assertThat(Reading.read(quoted).string(0)).isEqualTo(value);
            assertThat(Reading.read(escaped).string(0)).isEqualTo(value);
            assertThat(Reading.read("$tag$" + value + "$tag$").string(0)).isEqualTo(value);
        });
    }

    @Test
    void anyBytesAreRead() {
        forAll(Gen.bytes(80), text -> {
            Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);

            assertThat(tokens.statementCount()).isLessThanOrEqualTo(tokens.count());
        });
    }
}
