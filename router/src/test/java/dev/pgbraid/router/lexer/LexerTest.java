package dev.pgbraid.router.lexer;

import static dev.pgbraid.router.lexer.Reading.read;
import static dev.pgbraid.router.lexer.Reading.statements;
import static dev.pgbraid.router.lexer.Reading.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {
    private static final TextRules BACKSLASHES = new TextRules(false, StandardCharsets.UTF_8);

    @Test
    void readsWordsNumbersAndOperators() {
        assertThat(tokens("SELECT a.b, $1::int FROM t WHERE x<=-2.5e3"))
                .containsExactly(
                        "WORD SELECT",
                        "WORD a",
                        "DOT .",
                        "WORD b",
                        "COMMA ,",
                        "PARAMETER $1",
                        "TYPECAST ::",
                        "WORD int",
                        "WORD FROM",
                        "WORD t",
                        "WORD WHERE",
                        "WORD x",
                        "LESS_EQUALS <=",
                        "MINUS -",
                        "NUMERIC 2.5e3");
    }

    @Test
    void knowsKeywordsInAnyCase() {
        Tokens tokens = read("SeLeCt \"select\" selectx");

        assertThat(tokens.keyword(0)).isEqualTo("select");
        assertThat(tokens.keyword(1)).isEmpty();
        assertThat(tokens.keyword(2)).isEmpty();
        assertThat(tokens.keyword(3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        a=-1    ~ WORD a, EQUALS =, MINUS -, INTEGER 1
        a@-1    ~ WORD a, OPERATOR @-, INTEGER 1
        a!=-1   ~ WORD a, OPERATOR !=-, INTEGER 1
        a+-+1   ~ WORD a, PLUS +, MINUS -, PLUS +, INTEGER 1
        a<>b    ~ WORD a, NOT_EQUALS <>, WORD b
        a!=b    ~ WORD a, NOT_EQUALS !=, WORD b
        a=>b    ~ WORD a, ARROW =>, WORD b
        a:=b    ~ WORD a, COLON_EQUALS :=, WORD b
        a->>'b' ~ WORD a, OPERATOR ->>, STRING 'b'
        a+--b   ~ WORD a, PLUS +
        a*/*b*/c ~ WORD a, STAR *, WORD c
        a<--b   ~ WORD a, LESS <
        a|b     ~ WORD a, OPERATOR |, WORD b
        """)
    void cutsOperatorsAsPostgresDoes(String sql, String expected) {
        assertThat(String.join(", ", tokens(sql))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        1       ~ INTEGER 1
        1.      ~ NUMERIC 1.
        .5      ~ NUMERIC .5
        1..2    ~ INTEGER 1, DOT_DOT .., INTEGER 2
        1...2   ~ INTEGER 1, DOT_DOT .., NUMERIC .2
        1.5.6   ~ NUMERIC 1.5, NUMERIC .6
        1e10    ~ NUMERIC 1e10
        1.e-3   ~ NUMERIC 1.e-3
        1_000   ~ INTEGER 1_000
        1_0.0_1 ~ NUMERIC 1_0.0_1
        0x1F    ~ INTEGER 0x1F
        0x_1    ~ INTEGER 0x_1
        0b01    ~ INTEGER 0b01
        0o17.5  ~ INTEGER 0o17, NUMERIC .5
        1$2     ~ INTEGER 1, PARAMETER $2
        1e+5$2  ~ NUMERIC 1e+5, PARAMETER $2
        1_0.5$2 ~ NUMERIC 1_0.5, PARAMETER $2
        """)
    void readsNumbers(String sql, String expected) {
        assertThat(String.join(", ", tokens(sql))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        0b1$1   ~ trailing junk after numeric literal at or near "0b1$1"
        1e5$1   ~ trailing junk after numeric literal at or near "1e5$1"
        1_0$    ~ trailing junk after numeric literal at or near "1_0$"
        1a      ~ trailing junk after numeric literal at or near "1a"
        1_      ~ trailing junk after numeric literal at or near "1_"
        1__0    ~ trailing junk after numeric literal at or near "1__0"
        1e      ~ trailing junk after numeric literal at or near "1e"
        1e+x    ~ trailing junk after numeric literal at or near "1e+"
        1._5    ~ trailing junk after numeric literal at or near "1._5"
        0x      ~ invalid hexadecimal integer at or near "0x"
        0o_     ~ invalid octal integer at or near "0o_"
        0b2     ~ trailing junk after numeric literal at or near "0b2"
        0b      ~ invalid binary integer at or near "0b"
        0x1g    ~ trailing junk after numeric literal at or near "0x1g"
        $1a     ~ trailing junk after parameter at or near "$1a"
        $2147483648 ~ parameter number too large at or near "$2147483648"
        a 'b    ~ unterminated quoted string at or near "'b"
        E'\\'   ~ unterminated quoted string at or near "E'\\'"
        "a      ~ unterminated quoted identifier at or near ""a"
        U&"a    ~ unterminated quoted identifier at or near "U&"a"
        ""      ~ zero-length delimited identifier at or near \"\"\"\"
        b'1     ~ unterminated bit string literal at or near "b'1"
        x'1     ~ unterminated hexadecimal string literal at or near "x'1"
        $a$ $b$ ~ unterminated dollar-quoted string at or near "$a$ $b$"
        /* /* */ ~ unterminated /* comment at or near "/* /* */"
        """)
    void refusesWhatPostgresRefuses(String sql, String message) {
        LexicalError error = read(sql).error().orElseThrow();

        assertThat(error.message()).isEqualTo(message);
        assertThat(error.problem().sqlState()).isEqualTo("42601");
    }

    @Test
    void refusesAnOperatorOf64Characters() {
        assertThat(read("a " + "@".repeat(63) + " b").error()).isEmpty();
        assertThat(read("a " + "@".repeat(64) + " b").error())
                .hasValueSatisfying(error -> assertThat(error.problem()).isEqualTo(LexicalProblem.OPERATOR_TOO_LONG));
    }

    @Test
    void joinsStringsOverNewlinesOnly() {
        assertThat(tokens("'a' -- it's\n  'b'")).containsExactly("STRING 'a' -- it's\n  'b'");
        assertThat(tokens("'a' 'b'")).containsExactly("STRING 'a'", "STRING 'b'");
        assertThat(tokens("'a' /* \n */ 'b'")).containsExactly("STRING 'a'", "STRING 'b'");
        assertThat(tokens("'a'\n-1")).containsExactly("STRING 'a'", "MINUS -", "INTEGER 1");
        assertThat(tokens("b'1'\n'0'")).containsExactly("BIT_STRING b'1'\n'0'");
        assertThat(tokens("b'1''0'")).containsExactly("BIT_STRING b'1'", "STRING '0'");
    }

    @Test
    void readsPrefixesOnlyRightBeforeTheQuote() {
        assertThat(tokens("E'\\'' e 'x' u&x ux&'y' N'z'"))
                .containsExactly(
                        "ESCAPE_STRING E'\\''",
                        "WORD e",
                        "STRING 'x'",
                        "WORD u",
                        "OPERATOR &",
                        "WORD x",
                        "WORD ux",
                        "OPERATOR &",
                        "STRING 'y'",
                        "WORD N",
                        "STRING 'z'");
        assertThat(read("N'z'").keyword(0)).isEqualTo("nchar");
    }

    @Test
    void readsBackslashesAsTheSessionSays() {
        String sql = "'\\' OR 1=1 --'";

        assertThat(tokens(sql).getFirst()).isEqualTo("STRING '\\'");
        assertThat(tokens(read(sql, BACKSLASHES))).containsExactly("ESCAPE_STRING " + sql);
        assertThat(read("U&'a'", BACKSLASHES).error().orElseThrow().problem())
                .isEqualTo(LexicalProblem.UNSAFE_UNICODE_STRING);
    }

    @Test
    void readsDollarQuotes() {
        assertThat(tokens("$$a'b$$ $q$ $$ $ $q$ a$b$c $x"))
                .containsExactly(
                        "DOLLAR_STRING $$a'b$$", "DOLLAR_STRING $q$ $$ $ $q$", "WORD a$b$c", "OTHER $", "WORD x");
        assertThat(tokens("$a$x$a$a$")).containsExactly("DOLLAR_STRING $a$x$a$", "WORD a$");
    }

    @Test
    void takesUescapeIntoTheString() {
        Tokens tokens = read("SELECT U&'!0041' -- why\n UESCAPE /* 'no' */ '!', U&\"d!0061ta\" uescape E'!'");

        assertThat(tokens.error()).isEmpty();
        assertThat(tokens.count()).isEqualTo(4);
        assertThat(tokens.string(1)).isEqualTo("A");
        assertThat(tokens.name(3)).isEqualTo("data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        'a''b'              ~ a'b
        'a\\b'              ~ a\\b
        E'a\\\\b\\'c''d'    ~ a\\b'c'd
        E'\\x41\\101\\u0041\\U00000041' ~ AAAA
        E'\\ud83d\\ude00'   ~ 😀
        U&'\\d83d\\de00'    ~ 😀
        U&'\\\\\\+01F600'   ~ \\😀
        E'\\q\\xg'          ~ qxg
        $t$a''\\b$t$        ~ a''\\b
        """)
    void decodesStrings(String literal, String value) {
        assertThat(read(literal).string(0)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        E'\\u12'          ~ INVALID_ESCAPE
        E'\\u0000'        ~ INVALID_UNICODE_VALUE
        E'\\ud83d'        ~ INVALID_SURROGATES
        E'\\ude00'        ~ INVALID_SURROGATES
        E'\\ud83dx'       ~ INVALID_SURROGATES
        E'\\0'            ~ ZERO_BYTE
        U&'\\12'          ~ INVALID_UNICODE_ESCAPE
        U&'\\+110000'     ~ INVALID_UNICODE_VALUE
        U&'\\d83d'        ~ INVALID_SURROGATES
        U&'a' UESCAPE '+' ~ INVALID_ESCAPE_CHARACTER
        U&'a' UESCAPE '!!' ~ INVALID_ESCAPE_CHARACTER
        """)
    void refusesWrongEscapes(String literal, LexicalProblem problem) {
        assertThat(read(literal).error().orElseThrow().problem()).isEqualTo(problem);
    }

    @Test
    void decodesNames() {
        Tokens tokens = read("FooÄ \"Foo\"\"Ä\" " + "ä".repeat(40));

        assertThat(tokens.name(0)).isEqualTo("fooÄ");
        assertThat(tokens.name(1)).isEqualTo("Foo\"Ä");
        assertThat(tokens.name(2)).isEqualTo("ä".repeat(31));
    }

    @Test
    void decodesOtherEncodings() {
        Tokens tokens = read("\"é\" E'é\\u00e9' é", new TextRules(true, StandardCharsets.ISO_8859_1));

        assertThat(tokens.name(0)).isEqualTo("é");
        assertThat(tokens.string(1)).isEqualTo("éé");
        assertThat(tokens.name(2)).isEqualTo("é");
    }

    @Test
    void splitsStatements() {
        assertThat(statements("SELECT 1; ;/* a */ SELECT ';' -- b\n;"))
                .containsExactly("SELECT 1", "/* a */ SELECT ';' -- b\n");
        assertThat(statements(" ; -- nothing\n;")).isEmpty();
        assertThat(statements("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "create or replace procedure p() begin atomic end",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 1 case; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end, 1 AS end; END",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT begin atomic FROM t; END",
                "CREATE FUNCTION f() BEGIN ATOMIC CREATE FUNCTION g() BEGIN ATOMIC SELECT 1; END; END",
                "CREATE FUNCTION f(a int DEFAULT (1)) RETURNS TABLE (begin int) BEGIN ATOMIC; END",
            })
    void keepsTheBodyOfARoutineTogether(String sql) {
        assertThat(statements(sql + "; SELECT 2")).containsExactly(sql, " SELECT 2");
    }

    @Test
    void knowsNoBodyElsewhere() {
        assertThat(statements("SELECT begin atomic FROM t; SELECT 2")).hasSize(2);
        assertThat(statements("BEGIN; SELECT 1; END")).hasSize(3);
        assertThat(statements("CREATE FUNCTION f() AS 'x'; SELECT begin atomic; END"))
                .hasSize(3);
    }

    @Test
    void tellsTheDepthOfTokens() {
        Tokens tokens = read("a(b[c])d) e");

        assertThat(tokens.depth(0)).isZero();
        assertThat(tokens.depth(1)).isZero();
        assertThat(tokens.depth(2)).isEqualTo(1);
        assertThat(tokens.depth(3)).isEqualTo(1);
        assertThat(tokens.depth(4)).isEqualTo(2);
        assertThat(tokens.depth(7)).isZero();
        assertThat(tokens.depth(9)).isZero();
    }

    @Test
    void tellsWhereCommentsStand() {
        Tokens tokens = read("/* a /* b */ */ SELECT -- c\n1 --d");

        assertThat(tokens.commentCount()).isEqualTo(3);
        assertThat(tokens.commentToken(0)).isZero();
        assertThat(tokens.commentEnd(0)).isEqualTo(15);
        assertThat(tokens.commentToken(1)).isEqualTo(1);
        assertThat(tokens.commentToken(2)).isEqualTo(2);
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] text = "xxSELECT 'a'xx".getBytes(StandardCharsets.UTF_8);

        Tokens tokens = new Lexer().read(text, 2, text.length - 2, TextRules.DEFAULT);

        assertThat(tokens(tokens)).containsExactly("WORD SELECT", "STRING 'a'");
        assertThat(new Lexer().read(text, 2, text.length - 3, TextRules.DEFAULT).error())
                .hasValueSatisfying(error -> assertThat(error.problem()).isEqualTo(LexicalProblem.UNTERMINATED_STRING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "<+-", "/*", "'a' ", "$a ", "(", "a.", "--\n", "1..", "$1", "U&'a' ", "\"", "/**/;a;"})
    void readsHostileTextsInTime(String scrap) {
        Tokens tokens = read("SELECT " + scrap.repeat(500_000) + "1");

        assertThat(tokens.count() > 1 || tokens.error().isPresent()).isTrue();
    }

    @Test
    void readsSignsOneByOne() {
        assertThat(tokens("<+-+1 +++@ ++--"))
                .containsExactly(
                        "LESS <", "PLUS +", "MINUS -", "PLUS +", "INTEGER 1", "OPERATOR +++@", "PLUS +", "PLUS +");
    }

    @Test
    void forgetsTheTextBefore() {
        Lexer lexer = new Lexer();
        byte[] wrong = "SELECT (((1; SELECT 'a".getBytes(StandardCharsets.UTF_8);
        byte[] right = "SELECT 1".getBytes(StandardCharsets.UTF_8);

        assertThat(lexer.read(wrong, 0, wrong.length, TextRules.DEFAULT).error())
                .isPresent();
        Tokens tokens = lexer.read(right, 0, right.length, TextRules.DEFAULT);
        assertThat(tokens.error()).isEmpty();
        assertThat(tokens.statementCount()).isEqualTo(1);
        assertThat(tokens.depth(1)).isZero();
    }
}
