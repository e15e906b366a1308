package dev.pgbraid.proxy.router.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.router.key.KeyServer.Answer;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the router makes of a value of one type for a column of another, and what a server makes of it.
class ConversionIT {
    private static final int COUNT = 2000;
    private static final Random RANDOM = new Random(20_261_121);

    private static KeyServer server;

    @BeforeAll
    static void connect() throws SQLException {
        server = KeyServer.connect();
    }

    @AfterAll
    static void disconnect() throws SQLException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, SMALLINT",
        "INTEGER, SMALLINT",
        "SMALLINT, INTEGER",
        "BIGINT, INTEGER",
        "INTEGER, BIGINT",
        "NUMERIC, SMALLINT",
        "NUMERIC, BIGINT",
        "BIGINT, NUMERIC",
        "TEXT, VARCHAR",
        "TEXT, CHARACTER",
        "CHARACTER, TEXT",
        "DATE, TIMESTAMP",
        "TIMESTAMP, DATE",
    })
    void aServerAgrees(KeyType from, KeyType to) throws SQLException {
        List<String> texts = new ArrayList<>(Gen.samples(Spellings.values(from), RANDOM, COUNT));
        texts.addAll(often(from));
        String cast = "CAST(v AS " + KeyServer.declared(to) + ")";
        String input = " FROM (SELECT CAST($1 AS " + KeyServer.declared(from) + ")) AS i(v)";
        List<Answer> assigned = server.attempts("SELECT " + cast + "::text" + input, texts);
        List<Answer> equal = server.attempts("SELECT (v = " + cast + ")::text" + input, texts);
        int equals = 0;
        for (int i = 0; i < texts.size(); i++) {
            KeyValue value = KeyServer.value(from, texts.get(i));
            KeyReading expected = switch (assigned.get(i)) {
                case Answer.Value(String text) -> new Proven(KeyServer.value(to, text));
                case Answer.Failure(String sqlState) -> new Invalid(sqlState, "");
            };
            assertThat(withoutMessage(to.assignedFrom(from, value)))
                    .as(texts.get(i))
                    .isEqualTo(expected);
            if (equal.get(i).equals(new Answer.Value("true"))) {
                assertThat(to.equalTo(from, value)).as(texts.get(i)).isEqualTo(expected);
                equals++;
            } else {
                assertThat(to.equalTo(from, value)).as(texts.get(i)).isInstanceOf(Unprovable.class);
            }
        }

        assertThat(equals).isGreaterThan(1);
    }

    /// Values that random ones seldom are.
    private static List<String> often(KeyType type) {
        return switch (type) {
            case NUMERIC -> List.of("5", "-0.5", "0.5", "1.5", "32767.5", "9223372036854775807.4", "1e30", "-7.000");
            case TIMESTAMP -> List.of("infinity", "-infinity", "2026-11-21 00:00:00", "1999-12-31 23:59:59.999999");
            case DATE -> List.of("infinity", "-infinity");
            default -> List.of();
        };
    }

    private static KeyReading withoutMessage(KeyReading reading) {
        return reading instanceof Invalid(String sqlState, String _) ? new Invalid(sqlState, "") : reading;
    }
}
