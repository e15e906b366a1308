package dev.pgbraid.router.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTextTest {
    private static String shown(String sql, int lengthMax) {
        return ShownText.of(sql.getBytes(StandardCharsets.UTF_8), TextRules.DEFAULT, lengthMax);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SELECT 'a', E'b', U&'c', $$d$$, $x$e$x$ ~ SELECT ?, ?, ?, ?, ?
        SELECT B'01', X'ff', 1, -2.5e3, 0x1f    ~ SELECT ?, ?, ?, -?, ?
        SELECT  a   FROM "T" -- 'why'           ~ SELECT a FROM "T"
        /* 'x' */ UPDATE t/**/SET a=$1          ~ UPDATE t SET a=$1
        BEGIN; SELECT 'x'                       ~ BEGIN; SELECT ?
        SELECT 1, 'unfinished                   ~ SELECT ?,…
        """)
    void hidesLiterals(String sql, String shown) {
        assertThat(shown(sql, 100)).isEqualTo(shown);
    }

    @Test
    void isOneLineOfSomeLength() {
        assertThat(shown("SELECT\n a,\n b", 100)).isEqualTo("SELECT a, b");
        assertThat(shown("SELECT a, b, c", 9)).isEqualTo("SELECT a,…");
    }
}
