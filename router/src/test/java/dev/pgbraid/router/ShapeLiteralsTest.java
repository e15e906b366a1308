package dev.pgbraid.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.shape.Shape;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeLiteralsTest {
    private static Tokens read(String sql, Charset charset) {
        byte[] text = sql.getBytes(charset);
        return new Lexer().read(text, 0, text.length, new TextRules(true, charset));
    }

    private static Shape shape(Tokens tokens, int statement) {
        Shape shape = new Shape();
        shape.read(tokens, statement);
        return shape;
    }

    /// The literals of a statement, each after the token in the analyzed text that it stands for.
    private static List<String> literals(Tokens analyzed, Tokens tokens, int statement) {
        Shape shape = shape(tokens, statement);
        assertThat(shape.fingerprint()).isEqualTo(shape(analyzed, 0).fingerprint());
        LiteralLayout layout = new LiteralLayout(shape(analyzed, 0), analyzed.count());
        Literals literals = new ShapeLiterals(shape).of(tokens, tokens.firstToken(statement), layout);
        List<String> shown = new ArrayList<>();
        for (int token = 0; token < analyzed.count(); token++) {
            if (analyzed.kind(token).isString() || analyzed.kind(token).isNumber()) {
                shown.add(analyzed.written(token) + ":" + values(literals, token));
            }
        }
        return shown;
    }

    private static String values(Literals literals, int token) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < literals.count(token); i++) {
            literals.select(token, i);
            String sign = switch (literals.sign()) {
                case AS_ANALYZED -> "";
                case PLUS -> "+";
                case MINUS -> "-";
            };
            int length = literals.to() - literals.from();
            String value = new String(literals.bytes(), literals.from(), length, StandardCharsets.UTF_8);
            values.add(literals.kind() == TokenKind.INTEGER ? sign + value : value);
        }
        return String.join(",", values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        SELECT 1                     ~ SELECT 22                      ~ 1:22
        SELECT 'a', 2, f('b')        ~ SELECT  'c' , 7, F('d''e')     ~ 'a':c 2:7 'b':d'e
        SELECT 'a'                   ~ SELECT E'x\\ny'                ~ `'a':x
        y`
        SELECT 'a'                   ~ SELECT $q$it's$q$              ~ 'a':it's
        SELECT 'a'                   ~ SELECT U&'d\\0061t'            ~ 'a':dat
        SELECT -1                    ~ SELECT -2                      ~ 1:2
        SELECT a IN (1, 2), 3        ~ SELECT a IN (-4), 5            ~ 1:-4 2: 3:5
        SELECT 0, a IN (1), 'x'      ~ SELECT 9, a IN (+4, 5, -6), 'y' ~ 0:9 1:+4,+5,-6 'x':y
        SELECT a IN (1), b IN ('q', 'r'), 3 ~ SELECT a IN (7, 8), b IN ('s'), 9 ~ 1:+7,+8 'q':s 'r': 3:9
        VALUES (1, 'a'), (2, 'b')    ~ VALUES (3, 'c')                ~ 1:+3 'a':c 2: 'b':
        VALUES (1, 'a')              ~ VALUES (-3, 'c'), (4, 'd')     ~ 1:-3,+4 'a':c,d
        INSERT INTO t VALUES (1 + 2, -3) RETURNING 4 ~ INSERT INTO t VALUES (5 + 6, 7), (8 + 9, -10) RETURNING 11 ~ 1:5,8 2:6,9 3:+7,-10 4:11
        """)
    void findsTheLiteralsOfAnotherText(String analyzed, String sql, String expected) {
        Tokens other = read(analyzed, StandardCharsets.UTF_8);
        Tokens tokens = read(sql, StandardCharsets.UTF_8);

        assertThat(String.join(" ", literals(other, tokens, 0))).isEqualTo(expected);
    }

    @Test
    void findsThemInAnyStatementOfAText() {
        Tokens analyzed = read("SELECT 1, a IN (2), 3", StandardCharsets.UTF_8);
        Tokens tokens = read("BEGIN; SELECT 4, a IN (5, 6), 7; COMMIT", StandardCharsets.UTF_8);

        assertThat(literals(analyzed, tokens, 1)).containsExactly("1:4", "2:+5,+6", "3:7");
    }

    @Test
    void givesThemInUtf8() {
        Tokens tokens = read("SELECT 'żó'", Charset.forName("ISO-8859-2"));

        assertThat(literals(tokens, tokens, 0)).containsExactly("'żó':żó");
    }
}
