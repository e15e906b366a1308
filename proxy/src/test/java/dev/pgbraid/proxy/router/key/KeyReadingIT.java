package dev.pgbraid.proxy.router.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.router.key.KeyServer.Answer;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.RowHash;
import dev.pgbraid.router.key.ShardKey;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the router makes of the text of a key value, and what a server makes of it.
class KeyReadingIT {
    private static final int COUNT = 3000;
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

    @AfterEach
    void resetSettings() throws SQLException {
        server.execute("RESET ALL");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProvenIsWhatTheServerReads(KeyType type) throws SQLException {
        List<String> texts = Gen.samples(Spellings.attempts(type), RANDOM, COUNT);

        assertThat(agreements(type, texts)).isGreaterThan(COUNT / 20);
    }

    @ParameterizedTest
    @CsvSource({"'ISO, DMY', Asia/Kolkata", "'ISO, MDY', America/New_York", "'ISO, YMD', Pacific/Apia"})
    void noSettingChangesWhatIsProven(String dateStyle, String timeZone) throws SQLException {
        server.execute("SET DateStyle = '" + dateStyle + "'; SET TimeZone = '" + timeZone + "'");
        for (KeyType type : List.of(KeyType.DATE, KeyType.TIMESTAMP, KeyType.TIMESTAMPTZ)) {
            List<String> texts = Gen.samples(Spellings.attempts(type), RANDOM, COUNT);

            assertThat(agreements(type, texts)).isGreaterThan(COUNT / 20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainValuesAreProvenAll(KeyType type) throws SQLException {
        assertThat(agreements(type, Gen.samples(Spellings.values(type), RANDOM, COUNT)))
                .isEqualTo(COUNT);
    }

    /// How many of `texts` are proven and are values for the server too.
    private static int agreements(KeyType type, List<String> texts) throws SQLException {
        List<Answer> answers = server.attempts("SELECT CAST($1 AS " + KeyServer.declared(type) + ")::text", texts);
        int agreements = 0;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            KeyReading reading = KeyServer.read(type, text);
            checkRowHash(type, text, reading);
            String described = type + " \"" + text + "\" is " + reading + ", for the server " + answers.get(i);
            switch (answers.get(i)) {
                case Answer.Value(String canonical)
                when reading instanceof Proven(KeyValue value) -> {
                    assertThat(value).as(described).isEqualTo(KeyServer.value(type, canonical));
                    agreements++;
                }
                case Answer.Value _ -> assertThat(reading).as(described).isInstanceOf(Unprovable.class);
                case Answer.Failure(String sqlState) ->
                    assertThat(refusal(reading, text)).as(described).isIn(sqlState, "any");
            }
        }
        return agreements;
    }

    /// What is hashed without making a value is hashed as the value.
    private static void checkRowHash(KeyType type, String text, KeyReading reading) {
        byte[] bytes = text.getBytes(UTF_8);
        RowHash hash = new RowHash();
        boolean isProven = hash.addText(type, bytes, 0, bytes.length);
        assertThat(isProven).as(text).isEqualTo(reading instanceof Proven);
        if (reading instanceof Proven(KeyValue value)) {
            assertThat(hash.value()).as(text).isEqualTo(ShardKey.of(value).hash());
        }
    }

    /// The error that a server must give where it does not accept the text.
    private static String refusal(KeyReading reading, String text) throws SQLException {
        return switch (reading) {
            case Invalid(String sqlState, String _) -> sqlState;
            case Unprovable _ -> "any";
            case Proven _ -> server.majorVersion() < 16 && text.matches("(?s).*[_xXoObB].*") ? "22P02" : "none";
        };
    }

    @ParameterizedTest
    @EnumSource
    void theBinaryFormIsTheSameValue(KeyType type) throws SQLException {
        String send = switch (type) {
            case BOOLEAN -> "boolsend";
            case BYTEA -> "byteasend";
            case BIGINT -> "int8send";
            case SMALLINT -> "int2send";
            case INTEGER -> "int4send";
            case TEXT -> "textsend";
            case CHARACTER -> "bpcharsend";
            case VARCHAR -> "varcharsend";
            case DATE -> "date_send";
            case TIMESTAMP -> "timestamp_send";
            case TIMESTAMPTZ -> "timestamptz_send";
            case NUMERIC -> "numeric_send";
            case UUID -> "uuid_send";
        };
        List<String> texts = Gen.samples(Spellings.values(type), RANDOM, COUNT);
        List<String> binary = server.column(
                "SELECT encode(" + send + "(t::" + KeyServer.declared(type) + "), 'hex') FROM unnest(?::text[])"
                        + " WITH ORDINALITY AS u(t, i) ORDER BY i",
                texts);

        for (int i = 0; i < texts.size(); i++) {
            byte[] bytes = HexFormat.of().parseHex(binary.get(i));
            assertThat(type.readBinary(bytes, 0, bytes.length))
                    .as(texts.get(i))
                    .isEqualTo(new Proven(KeyServer.value(type, texts.get(i))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VARCHAR, varchar(3), 7",
        "CHARACTER, char(3), 7",
        "'NUMERIC', 'numeric(7,2)', 458758",
        "'NUMERIC', 'numeric(5,0)', 327684",
        "TIMESTAMP, timestamp(0), 0",
        "TIMESTAMP, timestamp(2), 2",
        "TIMESTAMPTZ, timestamptz(5), 5",
        "UUID, uuid, -1",
    })
    void anAssignedValueIsWhatTheServerStores(KeyType type, String declared, int modifier) throws SQLException {
        server.execute("DROP TABLE IF EXISTS assigned; CREATE TABLE assigned (k " + declared + ")");
        assertThat(server.column(
                        "SELECT atttypmod FROM pg_attribute WHERE attrelid = 'assigned'::regclass AND attname = ANY(?)",
                        List.of("k")))
                .containsExactly(String.valueOf(modifier));
        KeyColumn column = new KeyColumn("k", type, modifier, KeyCollation.DETERMINISTIC);
        List<String> texts = Gen.samples(Spellings.values(type), RANDOM, COUNT);
        List<Answer> answers = server.attempts(
                "INSERT INTO assigned VALUES (CAST($1 AS " + KeyServer.declared(type) + ")) RETURNING k::text", texts);

        for (int i = 0; i < texts.size(); i++) {
            KeyReading reading = column.assign(KeyServer.value(type, texts.get(i)));
            Object expected = answers.get(i) instanceof Answer.Value(String stored)
                    ? new Proven(KeyServer.value(type, stored))
                    : answers.get(i);
            assertThat(reading instanceof Invalid(String sqlState, String _) ? new Answer.Failure(sqlState) : reading)
                    .as(texts.get(i))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aScaleMayBeNegative() throws SQLException {
        server.execute("DROP TABLE IF EXISTS assigned; CREATE TABLE assigned (k numeric(3,-2))");
        List<String> modifier = server.column(
                "SELECT atttypmod FROM pg_attribute WHERE attrelid = 'assigned'::regclass AND attname = ANY(?)",
                List.of("k"));
        KeyColumn column =
                new KeyColumn("k", KeyType.NUMERIC, Integer.parseInt(modifier.getFirst()), KeyCollation.BYTES);

        assertThat(column.assign(KeyServer.value(KeyType.NUMERIC, "12350")))
                .isEqualTo(new Proven(KeyServer.value(KeyType.NUMERIC, "12400")));
        assertThat(server.attempts("INSERT INTO assigned VALUES ($1::numeric) RETURNING k::text", List.of("12350")))
                .containsExactly(new Answer.Value("12400"));
    }
}
