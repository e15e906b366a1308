package dev.pgbraid.router.gather;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.GatherResult;
import dev.pgbraid.router.Router;
import dev.pgbraid.router.Shop;
import dev.pgbraid.router.parse.ParserPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final ParserPool parsers = new ParserPool(1, 1, Duration.ofMinutes(1));
    private final Router router = new Router(Shop.on("a", "b", "c"), parsers, Runnable::run);

    @AfterEach
    void close() {
        parsers.close();
    }

    /// The parts, then the text.
    private List<String> gathered(String query) {
        return switch (router.gathering(query.getBytes(StandardCharsets.UTF_8), Shop.perspective())
                .join()) {
            case GatherResult.Gathered(Gathering gathering) -> {
                List<String> texts = new ArrayList<>();
                gathering.parts().forEach(part -> texts.add(part.query().toString()));
                texts.add(gathering.text().toString());
                yield texts;
            }
            case GatherResult.Refused(var refusal) -> List.of(refusal.message());
        };
    }

    @Test
    void takesColumnsThatMayBeUsedAndRowsThatConditionsLeave() {
        assertThat(gathered("SELECT e.what FROM orders JOIN events e ON e.day = 'x' AND orders.id > 3"
                        + " WHERE e.what <> '' AND (orders.user_id > 1 OR orders.id = 2) AND e.what = text 'y'"))
                .containsExactly(
                        "SELECT \"user_id\", \"id\" FROM orders"
                                + " WHERE (orders.user_id > 1 OR orders.id = 2) AND (orders.id > 3)",
                        "SELECT \"day\", \"what\" FROM events e"
                                + " WHERE (e.what <> '') AND (e.what = text 'y') AND (e.day = 'x')",
                        "SELECT e.what FROM pg_temp.pgbraid_gathered_1 AS \"orders\" JOIN"
                                + " pg_temp.pgbraid_gathered_2 e ON e.day = 'x' AND orders.id > 3"
                                + " WHERE e.what <> '' AND (orders.user_id > 1 OR orders.id = 2)"
                                + " AND e.what = text 'y'");
    }

    /// A row that is left out must not make one with nulls in its place.
    @Test
    void filtersNothingThatAnOuterJoinFillsUp() {
        assertThat(gathered("SELECT 1 FROM orders o LEFT JOIN events e ON e.what = 'x' AND o.id = 1"
                        + " WHERE e.day IS NULL AND o.id > 5"))
                .startsWith(
                        "SELECT \"id\" FROM orders o WHERE (o.id > 5)",
                        "SELECT \"day\", \"what\" FROM events e WHERE (e.what = 'x')");
        assertThat(gathered("SELECT 1 FROM orders o FULL JOIN events e ON e.what = 'x' WHERE o.id > 5"))
                .startsWith("SELECT \"id\" FROM orders o", "SELECT \"what\" FROM events e");
    }

    @Test
    void leavesTablesOfTheHomeShardWhereTheyAre() {
        assertThat(gathered("SELECT n.text FROM notes n, countries c WHERE n.id IN (SELECT id FROM orders) ORDER BY 1"))
                .containsExactly(
                        "SELECT \"id\" FROM orders",
                        "SELECT n.text FROM notes n, countries c WHERE n.id IN"
                                + " (SELECT id FROM pg_temp.pgbraid_gathered_1 AS \"orders\") ORDER BY 1");
    }

    @Test
    void letsShardsSortAndCut() {
        assertThat(gathered("SELECT o.id AS n, * FROM orders o JOIN items i ON i.user_id = o.user_id"
                        + " ORDER BY price DESC NULLS LAST, n, o.id + 1 LIMIT $1 OFFSET 2"))
                .containsExactly(
                        "SELECT (o.id) AS pgbraid_c1, (\"o\".\"user_id\") AS pgbraid_c2, (\"o\".\"id\") AS pgbraid_c3,"
                                + " (\"i\".\"user_id\") AS pgbraid_c4, (\"i\".\"price\") AS pgbraid_c5,"
                                + " (o.id + 1) AS pgbraid_s1 FROM orders o JOIN items i ON i.user_id = o.user_id"
                                + " ORDER BY pgbraid_c5 DESC NULLS LAST, pgbraid_c1, pgbraid_s1"
                                + " LIMIT $1::pg_catalog.int8 + COALESCE(2::pg_catalog.int8, 0)",
                        "SELECT pgbraid_c1, pgbraid_c2, pgbraid_c3, pgbraid_c4, pgbraid_c5"
                                + " FROM pg_temp.pgbraid_gathered_1"
                                + " ORDER BY pgbraid_c5 DESC NULLS LAST, pgbraid_c1, pgbraid_s1"
                                + " OFFSET 2::pg_catalog.int8 LIMIT $1::pg_catalog.int8");
    }

    /// The name of a column of the result counts, not that of a table.
    @Test
    void sortsByColumnsOfTheResultFirst() {
        assertThat(gathered("SELECT user_id AS id, id AS other FROM orders ORDER BY id")
                        .getFirst())
                .endsWith("FROM orders ORDER BY pgbraid_c1");
        assertThat(gathered("SELECT id::text FROM orders ORDER BY id").getFirst())
                .endsWith("ORDER BY pgbraid_c1");
    }

    @Test
    void gathersNoColumnThatIsNamedWithASchema() {
        assertThat(gathered("SELECT public.orders.id FROM orders, events ORDER BY 1"))
                .containsExactly("rows of several shards are needed, which cannot be gathered:"
                        + " column public.orders.id is named with a schema");
    }
}
