package dev.pgbraid.proxy.router;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.SessionStatement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Compares the recognition of session statements with the grammar of a real PostgreSQL.
class SessionStatementIT {
    /// Random sentences of these words are right often enough.
    private static final Gen<String> SETTINGS = sentences(
            "SET|SET LOCAL|SET SESSION|RESET|SHOW|DISCARD",
            "a|b.c|\"D\"|= 1|TO|=|1|-|+|1.5|'x'|$$x$$|,|ON|off|true|DEFAULT|LOCAL|SESSION|TIME|ZONE|ROLE|AUTHORIZATION"
                    + "|NAMES|SCHEMA|XML|OPTION|CONTENT|CHARACTERISTICS|AS|TRANSACTION|ISOLATION|LEVEL|READ|ONLY|FROM"
                    + "|CURRENT|SNAPSHOT|ALL|PLANS|TEMP|TEMPORARY|SEQUENCES|INTERVAL|NONE|select|left|int|.");
    private static final Gen<String> TRANSACTIONS = sentences(
            "BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|ROLLBACK TO|START|BEGIN ISOLATION"
                    + " LEVEL|SET TRANSACTION|SET SESSION CHARACTERISTICS AS TRANSACTION",
            "WORK|TRANSACTION|AND|NO|CHAIN|PREPARED|'x'|TO|SAVEPOINT|a|\"A\"|left|ISOLATION|LEVEL|READ|COMMITTED"
                    + "|UNCOMMITTED|REPEATABLE|SERIALIZABLE|ONLY|WRITE|,|NOT|DEFERRABLE|READ ONLY|NOT DEFERRABLE");
    private static final Gen<String> OTHERS = sentences(
            "LISTEN|UNLISTEN|NOTIFY|LOAD|DEALLOCATE|DEALLOCATE PREPARE|CLOSE|DROP TABLE|DO|PREPARE TRANSACTION",
            "a|\"B\"|.|,|'x'|$$x$$|*|ALL|IF|EXISTS|CASCADE|LANGUAGE|PREPARE|left|select|(|)|1|temp|only");

    /// Whatever of these the server takes must be recognised. The opposite is not asked: what stands in the middle of
    /// them is not looked at closely.
    private static final Gen<String> LOOSE = sentences(
            "FETCH|MOVE|DECLARE|PREPARE|EXECUTE|COPY|CREATE TEMP|CREATE LOCAL TEMPORARY|LOCK|EXPLAIN|CALL|SET"
                    + " CONSTRAINTS",
            "a|b.c|\"D\"|(|)|,|1|-1|NEXT|PRIOR|FORWARD|ALL|ABSOLUTE|IN|FROM|NO|SCROLL|BINARY|CURSOR|CURSOR FOR SELECT 1"
                    + "|WITH HOLD|WITHOUT HOLD|AS SELECT 1|AS|(int)|(a)|STDIN|STDOUT|TO|PROGRAM|'x'|TABLE|(a int)|VIEW"
                    + "|SEQUENCE|IF NOT EXISTS|ONLY|IN SHARE MODE|NOWAIT|ANALYZE|VERBOSE|(ANALYZE)|(COSTS off, ROUTE)"
                    + "|SELECT 1|DEFERRED|IMMEDIATE|()|*|RECURSIVE");

    private static final Gen<String> VALUES = Gen.of(List.of(
            ("1|-1|+2|007|0x1F|-0x1F|1_000|99999999999|-99999999999|1.50|-1.50|1e3|on|OFF|true|abc|\"Abc\"|\"a b\""
                            + "|'a b'|'a''b'|E'a\\tb'|U&'\\0041'|$$x$$|user_|\"user\"|'select'|\"sequence\"|'$user'"
                            + "|'a\"b'|''")
                    .split("\\|", -1)));

    private final ParsingServer server = new ParsingServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static Gen<String> sentences(String beginnings, String words) {
        Gen<String> beginning = Gen.of(List.of(beginnings.split("\\|", -1)));
        Gen<String> word = Gen.of(List.of(words.split("\\|", -1)));
        return beginning.flatMap(first ->
                Gen.listOf(6, word).map(rest -> rest.isEmpty() ? first : first + " " + String.join(" ", rest)));
    }

    private static SessionStatement read(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        return SessionStatement.read(tokens, 0);
    }

    private static boolean isRecognised(String sql) {
        return !(read(sql) instanceof SessionStatement.Other);
    }

    private boolean isTaken(String sql) {
        return server.problem(sql).isEmpty();
    }

    @Test
    void settingsAreRecognisedAsTheGrammarTakesThem() {
        recognisedAsTaken(SETTINGS);
    }

    @Test
    void transactionsAreRecognisedAsTheGrammarTakesThem() {
        recognisedAsTaken(TRANSACTIONS);
    }

    @Test
    void othersAreRecognisedAsTheGrammarTakesThem() {
        recognisedAsTaken(OTHERS);
    }

    private void recognisedAsTaken(Gen<String> sentences) {
        forAll(
                Gen.listOf(30, sentences),
                texts -> texts.forEach(
                        sql -> assertThat(isRecognised(sql)).as(sql).isEqualTo(isTaken(sql))));
    }

    @Test
    void nothingThatTheGrammarTakesIsMissed() {
        forAll(
                Gen.listOf(30, LOOSE),
                texts -> texts.stream()
                        .filter(this::isTaken)
                        .forEach(sql -> assertThat(isRecognised(sql)).as(sql).isTrue()));
    }

    @Test
    void valuesAreStoredAsTheServerStoresThem() {
        try (WireClient client = WireClient.login(PostgresCluster.shared().administrator())) {
            forAll(Gen.listOf(4, VALUES), values -> {
                String list = values.isEmpty() ? "x" : String.join(" , ", values);
                String first = list.split(" , ", -1)[0];
                for (String sql : Arrays.asList("SET a.b = " + first, "SET search_path TO " + list)) {
                    SessionStatement.SetValue set = (SessionStatement.SetValue) read(sql);

                    assertThat(Answers.errors(client.query(sql))).as(sql).isEmpty();
                    assertThat(client.value("SHOW " + set.name())).as(sql).isEqualTo(set.value());
                }
            });
        }
    }
}
