package dev.pgbraid.proxy.router.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where the router puts a key and in what order it sees two, and what a server says.
class PlacementIT {
    private static final int COUNT = 3000;
    private static final int MODULUS = 4096;
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
    @EnumSource
    void aServerAgreesWithTheRemainder(KeyType type) throws SQLException {
        server.execute("DROP TABLE IF EXISTS hashed; CREATE TABLE hashed (k " + KeyServer.declared(type)
                + ") PARTITION BY HASH (k)");
        List<String> texts = Gen.samples(Spellings.values(type), RANDOM, COUNT);
        List<String> remainders = texts.stream()
                .map(text -> remainder(ShardKey.of(KeyServer.value(type, text))))
                .toList();

        assertThat(server.column("""
            SELECT satisfies_hash_partition('hashed'::regclass, 4096, r::int, k::%s)
            FROM unnest(?::text[], '%s'::text[]) AS u(k, r)
            """.formatted(KeyServer.declared(type), array(remainders)), texts))
                .hasSize(COUNT)
                .containsOnly("t");
    }

    @Test
    void aServerAgreesAboutSeveralColumnsAndNulls() throws SQLException {
        server.execute("DROP TABLE IF EXISTS hashed; CREATE TABLE hashed"
                + " (a bigint, b text, c uuid, d numeric) PARTITION BY HASH (a, b, c, d)");
        List<KeyType> types = List.of(KeyType.BIGINT, KeyType.TEXT, KeyType.UUID, KeyType.NUMERIC);
        List<String> rows = new ArrayList<>();
        List<String> remainders = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            List<String> fields = new ArrayList<>();
            List<KeyValue> values = new ArrayList<>();
            for (KeyType type : types) {
                String text = Gen.samples(Spellings.values(type), RANDOM, 1).getFirst();
                boolean isNull = RANDOM.nextInt(4) == 0;
                fields.add(isNull ? "" : '"' + text.replace("\\", "\\\\") + '"');
                values.add(isNull ? KeyValue.Null.NULL : KeyServer.value(type, text));
            }
            rows.add("(" + String.join(",", fields) + ")");
            remainders.add(remainder(new ShardKey(values)));
        }

        assertThat(server.column("""
            SELECT satisfies_hash_partition('hashed'::regclass, 4096, r::int,
                (k::hashed).a, (k::hashed).b, (k::hashed).c, (k::hashed).d)
            FROM unnest(?::text[], '%s'::text[]) AS u(k, r)
            """.formatted(array(remainders)), rows))
                .hasSize(COUNT)
                .containsOnly("t");
    }

    @ParameterizedTest
    @EnumSource
    void aServerAgreesAboutTheOrder(KeyType type) throws SQLException {
        List<String> texts = Gen.samples(Spellings.values(type), RANDOM, COUNT);
        String collation = type.isCollatable() ? " COLLATE \"C\"" : "";
        String value = "k::" + KeyServer.declared(type) + collation;
        // Of the text after each one.
        String next = "lead(k, 1, k) OVER (ORDER BY i)::" + KeyServer.declared(type) + collation;
        List<String> orders = server.column(
                "SELECT CASE WHEN %1$s < %2$s THEN -1 WHEN %1$s = %2$s THEN 0 ELSE 1 END".formatted(value, next)
                        + " FROM unnest(?::text[]) WITH ORDINALITY AS u(k, i) ORDER BY i",
                texts);

        for (int i = 0; i + 1 < texts.size(); i++) {
            KeyValue left = KeyServer.value(type, texts.get(i));
            KeyValue right = KeyServer.value(type, texts.get(i + 1));
            String described = texts.get(i) + " and " + texts.get(i + 1);
            int order = Integer.parseInt(orders.get(i));
            assertThat(Integer.signum(KeyValue.compare(left, right)))
                    .as(described)
                    .isEqualTo(order);
            assertThat(left.equals(right)).as(described).isEqualTo(order == 0);
        }
    }

    private static String remainder(ShardKey key) {
        return String.valueOf(Long.remainderUnsigned(key.hash(), MODULUS));
    }

    private static String array(List<String> remainders) {
        return "{" + String.join(",", remainders) + "}";
    }
}
