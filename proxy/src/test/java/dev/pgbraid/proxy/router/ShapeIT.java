package dev.pgbraid.proxy.router;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Compares shapes with what a real PostgreSQL takes for the same query but for its constants.
class ShapeIT {
    /// Statements with places for literals.
    private static final Gen<String> TEMPLATES = Gen.of(List.of(
            "SELECT # FROM pg_class WHERE relname = #",
            "SELECT relname, relkind FROM pg_class WHERE relpages > # ORDER BY #",
            "SELECT relname, relkind FROM pg_class ORDER BY relpages + #, # LIMIT #",
            "SELECT relkind, relpages FROM pg_class GROUP BY #, 2",
            "SELECT relkind, relpages FROM pg_class GROUP BY GROUPING SETS ((#), (1, 2), (2))",
            "SELECT DISTINCT ON (#) relkind, relpages FROM pg_class",
            "SELECT #::varchar(#), CAST(# AS numeric(#, 1))",
            "SELECT * FROM pg_class WHERE oid IN (#, #)",
            "SELECT * FROM (VALUES (#, #), (#, #)) v",
            "SELECT sum(relpages) FILTER (WHERE relpages > #) OVER (ORDER BY #) FROM pg_class",
            "SELECT interval # day, timestamp(#) '2020-01-01 00:00:00.123456', date '2020-01-01' + #",
            "SELECT substring('abc' FROM # FOR #), x'1F', 'a' || # WHERE # = ANY (ARRAY[#, #])",
            "INSERT INTO pg_temp.t VALUES (#, #) ON CONFLICT DO NOTHING RETURNING a + #",
            "UPDATE pg_temp.t SET a = #, b = # WHERE a BETWEEN # AND # RETURNING #"));
    /// Literals, those of one kind together.
    private static final Gen<List<String>> KINDS = Gen.of(List.of(
            List.of("1", "2", "3", "-1", "0x2", "1_0"),
            List.of("1", "2"),
            List.of("5000000000", "6000000000"),
            List.of("1.5", "2.50", "70000000000000000000"),
            List.of("'1'", "'2'", "E'\\x31'", "$$3$$", "U&'\\0032'"),
            List.of("b'1'", "b'0'"),
            List.of("NULL", "true", "1")));

    private record Pair(String one, String other) {}

    private final WireClient client = WireClient.login(PostgresCluster.shared().administrator());
    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();

    @AfterEach
    void close() {
        client.close();
    }

    /// Fills the places of a template twice, with literals of the same kinds.
    private static Gen<Pair> filled(String template) {
        return choices -> {
            StringBuilder one = new StringBuilder();
            StringBuilder other = new StringBuilder();
            for (int i = 0; i < template.length(); i++) {
                String character = template.substring(i, i + 1);
                Gen<String> literals = character.equals("#") ? Gen.of(KINDS.make(choices)) : Gen.constant(character);
                one.append(literals.make(choices));
                other.append(literals.make(choices));
            }
            return new Pair(one.toString(), other.toString());
        };
    }

    /// The fingerprint and the sizes of the groups, which PostgreSQL counts in.
    private String shapeOf(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        shape.read(lexer.read(text, 0, text.length, TextRules.DEFAULT), 0);
        List<Integer> sizes = new ArrayList<>();
        for (int group = 0; group < shape.groupCount(); group++) {
            sizes.add(shape.groupSize(group));
        }
        return shape.fingerprint() + sizes;
    }

    private Optional<String> queryId(String sql) {
        return Answers.column(client.query("EXPLAIN (VERBOSE) " + sql)).stream()
                .filter(line -> line.startsWith("Query Identifier:"))
                .findFirst();
    }

    @Test
    void statementsOfOneShapeAreOneQuery() {
        client.query("SET compute_query_id = on");
        client.query("CREATE TEMP TABLE t (a int, b text)");
        Gen<Pair> pairs = TEMPLATES.flatMap(ShapeIT::filled);
        AtomicInteger compared = new AtomicInteger();

        forAll(
                Gen.listOf(15, pairs),
                list -> list.stream()
                        .filter(pair -> shapeOf(pair.one()).equals(shapeOf(pair.other())))
                        .forEach(pair -> {
                            Optional<String> id = queryId(pair.one());
                            Optional<String> other = queryId(pair.other());
                            if (id.isPresent() && other.isPresent()) {
                                compared.incrementAndGet();
                                assertThat(other).as(pair.toString()).isEqualTo(id);
                            }
                        }));
        assertThat(compared).hasValueGreaterThan(200);
    }
}
