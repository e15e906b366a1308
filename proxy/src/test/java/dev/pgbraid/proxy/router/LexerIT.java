package dev.pgbraid.proxy.router;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.router.lexer.KeywordCategory;
import dev.pgbraid.router.lexer.Keywords;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.LexicalError;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Compares the lexer with the scanner of a real PostgreSQL.
class LexerIT {
    private static final Map<String, KeywordCategory> CATEGORIES = Map.of(
            "R", KeywordCategory.RESERVED,
            "T", KeywordCategory.TYPE_OR_FUNCTION_NAME,
            "C", KeywordCategory.COLUMN_NAME,
            "U", KeywordCategory.UNRESERVED);

    /// What the scanner says, as opposed to the grammar.
    private static final String SCANNER_MESSAGES = "(?s)(unterminated|trailing junk|invalid (hexa|octal|binary|Unicode)"
            + "|zero-length|operator too long|parameter number|unsafe use).*";

    private static final String ESCAPE_MESSAGES = "(?s)invalid (Unicode|byte).*";

    /// Bytes that are no text at all are found out by the server only, as it knows its encoding.
    private static final String INVALID_BYTES = "22021";

    private static final Gen<String> INSIDE = Gen.listOf(
                    8,
                    Gen.of(List.of(
                            "a",
                            "é",
                            "😀",
                            "\\",
                            "\\\\",
                            "\\'",
                            "''",
                            "\\n",
                            "\\x41",
                            "\\xg",
                            "\\101",
                            "\\u00e9",
                            "\\U0001F600",
                            "\\ud83d",
                            "\\ude00",
                            "\\d83d",
                            "\\de00",
                            "\\0041",
                            "\\+01F600",
                            "!0041",
                            "!!",
                            "\\u12",
                            "\\12",
                            "\\+12",
                            "\\0",
                            "'\n'",
                            "' -- it's\n  '",
                            "'\t\r'",
                            "\n",
                            "$",
                            "$$",
                            "\"",
                            "\"\"",
                            "-- ",
                            "/*",
                            ";")))
            .map(scraps -> String.join("", scraps));
    private static final Gen<String> LITERALS = Gen.of(List.of("'", "E'", "e'", "U&'", "N'", "$$", "$t$"))
            .flatMap(open -> INSIDE.flatMap(inside -> Gen.of(List.of("", " UESCAPE '!'", " uescape /* */ E'\\x21'"))
                    .map(escape -> literal(open, inside, escape))));

    private static final Gen<String> SCRAPS = Gen.listOf(
                    12,
                    Gen.of(List.of(
                            "1",
                            "0x",
                            "1_",
                            "_1",
                            ".",
                            "..",
                            "e",
                            "e+",
                            "a",
                            "$1",
                            "$a",
                            "$",
                            "'",
                            "E'",
                            "b'",
                            "x'",
                            "\"",
                            "U&\"",
                            "U&'",
                            "--",
                            "/*",
                            "*/",
                            "*",
                            "/",
                            "+",
                            "-",
                            "<",
                            ">",
                            "=",
                            "!",
                            "@",
                            ":",
                            "(",
                            ")",
                            "[",
                            "]",
                            ",",
                            ";",
                            " ",
                            "\n",
                            "\u000B",
                            "\\",
                            "é",
                            "0b1",
                            "0o9",
                            "1.5e3",
                            "$$",
                            "||",
                            "::",
                            "{",
                            "select",
                            "UESCAPE",
                            "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")))
            .map(scraps -> "SELECT " + String.join("", scraps));

    private static final Gen<String> STATEMENTS = Gen.of(List.of(
            "SELECT 1",
            "SELECT ';' AS \";\"",
            "SELECT $$;$$ -- ;",
            "/* ; /* ; */ */ SELECT E'\\';'",
            "",
            " -- nothing",
            "SELECT 1 AS begin, 2 atomic",
            "SELECT begin atomic FROM (SELECT 1 AS begin) t",
            "CREATE TEMP TABLE IF NOT EXISTS t (a int)",
            "CREATE FUNCTION pg_temp.f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
            "CREATE OR REPLACE FUNCTION pg_temp.f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT 2 case; END",
            "CREATE OR REPLACE PROCEDURE pg_temp.p() BEGIN ATOMIC END",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)"));

    private final WireClient client = WireClient.login(PostgresCluster.shared().administrator());
    private final ParsingServer server = new ParsingServer();
    private final Lexer lexer = new Lexer();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static String literal(String open, String inside, String escape) {
        if (open.startsWith("$")) {
            return open + inside.replace("$", "") + open;
        }
        return open + inside + "'" + (open.startsWith("U") ? escape : "");
    }

    private Tokens read(String sql, TextRules rules) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return lexer.read(text, 0, text.length, rules);
    }

    @Test
    void theKeywordsAreThoseOfTheServer() {
        Map<String, KeywordCategory> expected = new TreeMap<>();
        Answers.rows(client.query("SELECT word, catcode FROM pg_get_keywords()"))
                .forEach(row -> expected.put(row.getFirst(), CATEGORIES.get(row.getLast())));

        assertThat(Keywords.all()).isEqualTo(expected);
    }

    @Test
    void literalsHaveTheValuesThatTheServerSees() {
        forAll(Gen.listOf(20, LITERALS), literals -> literals.forEach(literal -> compareValue(literal, true)));
    }

    @Test
    void backslashesCountAsTheSessionSays() {
        client.query("SET standard_conforming_strings = off");
        client.query("SET escape_string_warning = off");

        forAll(Gen.listOf(20, LITERALS), literals -> literals.forEach(literal -> compareValue(literal, false)));
    }

    private void compareValue(String literal, boolean standardConformingStrings) {
        Tokens tokens = read("SELECT " + literal, new TextRules(standardConformingStrings, StandardCharsets.UTF_8));
        List<BackendMessage> answer = client.query("SELECT " + literal);
        Optional<ErrorFields> refused = ParsingServer.error(answer);
        if (tokens.error().isPresent()) {
            assertThat(refused).as(literal).isPresent();
            assertSame(literal, tokens.error().get(), refused.get());
        } else if (refused.isPresent()) {
            assertBeyondScanner(literal, refused.get());
        } else {
            int value = tokens.keyword(1).equals("nchar") ? 2 : 1;
            assertThat(tokens.kind(value).isString()).as(literal).isTrue();
            assertThat(Answers.column(answer)).as(literal).containsExactly(tokens.string(value));
        }
    }

    @Test
    void textsAreRefusedWhereTheScannerRefusesThem() {
        forAll(
                Gen.listOf(20, SCRAPS),
                texts -> texts.forEach(sql -> {
                    Tokens tokens = read(sql, TextRules.DEFAULT);
                    Optional<ErrorFields> refused = server.problem(sql);
                    if (tokens.error().isPresent()) {
                        assertThat(refused).as(sql).isPresent();
                        assertSame(sql, tokens.error().get(), refused.get());
                    } else {
                        refused.ifPresent(error -> assertBeyondScanner(sql, error));
                    }
                }));
    }

    private static void assertSame(String sql, LexicalError error, ErrorFields expected) {
        String message = ParsingServer.text(expected, ErrorFields.MESSAGE);
        if (!message.matches(SCANNER_MESSAGES)) {
            // The grammar finds fault with what stands before, or the bytes are not of the server's encoding.
            return;
        }
        if (error.message().matches(ESCAPE_MESSAGES) != message.matches(ESCAPE_MESSAGES)) {
            // Two problems: the server looks at the escapes of a literal before or after it knows where that ends.
            return;
        }
        assertThat(error.problem().sqlState())
                .as(sql + ": " + message)
                .isEqualTo(ParsingServer.text(expected, ErrorFields.CODE));
        assertThat(beforePlace(error.message())).as(sql).isEqualTo(beforePlace(message));
    }

    /// Inside a literal the server points at the escape, here the whole literal is named.
    private static String beforePlace(String message) {
        return message.replaceFirst("(?s) at or near \".*| at end of input", "");
    }

    private static void assertBeyondScanner(String sql, ErrorFields error) {
        if (!ParsingServer.text(error, ErrorFields.CODE).equals(INVALID_BYTES)) {
            assertThat(ParsingServer.text(error, ErrorFields.MESSAGE)).as(sql).doesNotMatch(SCANNER_MESSAGES);
        }
    }

    @Test
    void textsHaveAsManyStatementsAsTheServerRuns() {
        client.query("CREATE TEMP TABLE t (a int)");
        forAll(Gen.listOf(6, STATEMENTS), statements -> {
            String sql = String.join("\n;", statements);
            Tokens tokens = read(sql, TextRules.DEFAULT);
            client.query("BEGIN");
            List<BackendMessage> answer = client.query(sql);
            client.query("ROLLBACK");

            Optional<String> error =
                    ParsingServer.error(answer).map(fields -> ParsingServer.text(fields, ErrorFields.CODE));
            long run = answer.stream().filter(CommandComplete.class::isInstance).count();
            if (error.isEmpty()) {
                assertThat((long) tokens.statementCount()).as(sql).isEqualTo(run);
            } else {
                // A function or a rule that is there already: the server ran what stands before.
                assertThat(error.get()).as(sql).startsWith("42").isNotEqualTo("42601");
                assertThat((long) tokens.statementCount()).as(sql).isGreaterThan(run);
            }
        });
    }

    @Test
    void namesAreThoseThatTheServerUses() {
        Gen<String> names = Gen.listOf(
                        70, Gen.of(List.of("a", "B", "é", "Ä", "😀", "_", "1", "$", "\"\"", "\\0041", " ", "\u00a0")))
                .flatMap(scraps -> Gen.of(List.of("x", "\"x", "U&\"x"))
                        .map(open -> open
                                + String.join("", open.equals("x") ? plain(scraps) : scraps)
                                + (open.equals("x") ? "" : "\"")));
        forAll(names, name -> {
            Tokens tokens = read(name, TextRules.DEFAULT);
            assertThat(tokens.kind(0)).isNotEqualTo(TokenKind.END);
            List<String> actual = Answers.column(
                    client.query("PREPARE " + name + " AS SELECT 1; SELECT name FROM pg_prepared_statements"));
            client.query("DEALLOCATE ALL");

            assertThat(actual).as(name).containsExactly(tokens.name(0));
        });
    }

    private static List<String> plain(List<String> scraps) {
        return scraps.stream().filter(scrap -> !"\"\" \\0041".contains(scrap)).toList();
    }
}
