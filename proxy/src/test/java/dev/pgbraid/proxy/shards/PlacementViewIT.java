package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The views that say where tables are.
class PlacementViewIT {
    private final Braid braid = Braid.ofFour()
            .sharded("users", "id")
            .set("tables.users.buckets", 8)
            .colocated("orders", "user_id", "users")
            .reference("countries")
            .set("tables.events.key", "[region]")
            .set("tables.events.strategy", "list")
            .set("tables.events.lists.eu.values", "[de, pl]")
            .set("tables.events.lists.eu.shard", "two")
            .set("tables.events.lists.us.values", "[us]")
            .set("tables.events.lists.us.shard", "three")
            .set("tables.events.default-shard", "one");

    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private List<List<String>> rows(String sql) {
        return Answers.rows(client.query(sql));
    }

    @Test
    void shardsAreInTheOrderOfTheFile() {
        assertThat(rows("SELECT * FROM pgbraid.shards ORDER BY number"))
                .containsExactly(
                        List.of("0", "four", "t"),
                        List.of("1", "one", "f"),
                        List.of("2", "three", "f"),
                        List.of("3", "two", "f"));
    }

    @Test
    void tablesAreThoseOfTheFileAndThoseOfCalls() {
        client.query("CREATE TABLE logs (day date)");
        assertThat(Answers.errors(client.query("SELECT pgbraid.shard_table('logs', 'day', buckets => 4)")))
                .isEmpty();

        assertThat(rows("SELECT * FROM pgbraid.tables ORDER BY name COLLATE \"C\""))
                .containsExactly(
                        List.of("public.countries", "reference", "{}", "NULL", "NULL"),
                        List.of("public.events", "sharded", "{region}", "NULL", "list"),
                        List.of("public.logs", "sharded", "{day}", "NULL", "hash"),
                        List.of("public.orders", "colocated", "{user_id}", "public.users", "NULL"),
                        List.of("public.users", "sharded", "{id}", "NULL", "hash"));
        assertThat(rows("SELECT * FROM pgbraid.buckets ORDER BY table_name, first"))
                .containsExactly(
                        List.of("public.events", "0", "0", "two"),
                        List.of("public.events", "1", "1", "three"),
                        List.of("public.events", "2", "2", "one"),
                        List.of("public.logs", "0", "0", "four"),
                        List.of("public.logs", "1", "1", "one"),
                        List.of("public.logs", "2", "2", "three"),
                        List.of("public.logs", "3", "3", "two"),
                        List.of("public.users", "0", "1", "four"),
                        List.of("public.users", "2", "3", "one"),
                        List.of("public.users", "4", "5", "three"),
                        List.of("public.users", "6", "7", "two"));
    }

    @Test
    void showTellsTheSameAndWhatNoViewHas() throws SQLException {
        client.query("CREATE TABLE events (region text, id int UNIQUE)");
        assertThat(rows("SHOW pgbraid.shards"))
                .containsExactly(
                        List.of("0", "four", "t"),
                        List.of("1", "one", "f"),
                        List.of("2", "three", "f"),
                        List.of("3", "two", "f"));
        assertThat(rows("SHOW pgbraid.tables")).contains(List.of("public.orders", "colocated", "user_id", "", "0", ""));
        assertThat(rows("SHOW pgbraid.buckets")).contains(List.of("public.events", "2", "2", "one"));
        assertThat(rows("SHOW pgbraid.problems"))
                .singleElement()
                .asString()
                .contains("unique index events_id_key without the key region");
        String epoch = client.value("SELECT max(epoch) FROM pgbraid.placement");
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement show = connection.prepareStatement("SHOW pgbraid.epoch");
                ResultSet rows = show.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("pgbraid.epoch")).isEqualTo(epoch);
            assertThat(rows.next()).isFalse();
        }
        assertThat(client.value("SHOW pgbraid.version")).isNotEmpty();
        assertThat(Answers.errors(client.query("SHOW pgbraid.nothing"))).containsExactly("42704");
    }

    @Test
    void aFailedTransactionIsShownNothing() {
        client.query("BEGIN");
        assertThat(client.value("SHOW pgbraid.epoch")).isNotEmpty();
        assertThat(Answers.errors(client.query("SELECT pgbraid.home_table('users')")))
                .containsExactly("25001");
        assertThat(Answers.errors(client.query("SHOW pgbraid.epoch"))).containsExactly("25P02");
        client.query("ROLLBACK");
        assertThat(client.value("SHOW pgbraid.epoch")).isNotEmpty();
    }

    @Test
    void showTellsWhereASessionWantsItsStatements() {
        assertThat(client.value("SHOW pgbraid.shard")).isEmpty();
        client.query("SET pgbraid.shard = 'two'");
        assertThat(client.value("SHOW pgbraid.shard")).isEqualTo("two");
        client.query("BEGIN");
        client.query("SET LOCAL pgbraid.shard = 'three'");
        assertThat(client.value("SHOW pgbraid.shard")).isEqualTo("three");
        client.query("COMMIT");
        client.query("RESET pgbraid.shard");
        client.query("SET pgbraid.key = '42'");
        assertThat(client.value("SHOW pgbraid.key")).isEqualTo("42");
    }

    @Test
    void theyCanBeJoinedAndFilteredByADriver() throws SQLException {
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement select = connection.prepareStatement("""
                    SELECT s.name, sum(b.last - b.first + 1) FROM pgbraid.shards s
                    LEFT JOIN pgbraid.buckets b ON b.shard = s.name AND b.table_name = ?
                    WHERE s.number > ? GROUP BY s.name ORDER BY 1\
                    """)) {
            select.setString(1, "public.users");
            select.setInt(2, 1);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("three");
                assertThat(rows.getLong(2)).isEqualTo(2);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("two");
                assertThat(rows.next()).isFalse();
            }
        }
    }
}
