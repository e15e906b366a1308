package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Eventually;
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

class GatherIT {
    private static final int USERS = 100;

    private final Braid braid = Braid.ofFour()
            .sharded("users", "id")
            .colocated("orders", "user_id", "users")
            .reference("countries");
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
        client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text, tags text[])");
        client.query(
                "CREATE TABLE orders (user_id bigint REFERENCES users, id int, cents int, PRIMARY KEY (user_id, id))");
        client.query("CREATE TABLE ranks (least int, name text)");
        client.query("INSERT INTO ranks VALUES (0, 'new'), (50, 'old')");
        for (int id = 1; id <= USERS; id++) {
            client.query("INSERT INTO users VALUES (" + id + ", 'user " + id + "', '{a,b}')");
            client.query("INSERT INTO orders VALUES (" + id + ", 1, " + 10 * id + ")");
        }
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void countsAndSorts() {
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo("100");
        assertThat(client.column("SELECT name FROM users ORDER BY id DESC LIMIT 3"))
                .containsExactly("user 100", "user 99", "user 98");
        assertThat(client.column("SELECT sum(cents) FROM orders WHERE user_id > 90 GROUP BY user_id % 2 ORDER BY 1"))
                .containsExactly("4750", "4800");
    }

    @Test
    void groupsOfTheShardsAreOne() {
        assertThat(Answers.rows(
                        client.query("SELECT tags[1] AS tag, count(*), avg(o.cents), round(sum(cents * 1.5), 1),"
                            + " min(u.name), count(*) FILTER (WHERE cents > 500) FROM users u JOIN orders o ON user_id"
                            + " = u.id WHERE u.id > 10 GROUP BY tag HAVING sum(cents) > 7 ORDER BY tag LIMIT 5")))
                .containsExactly(List.of("a", "90", "555.0000000000000000", "74925.0", "user 100", "50"));
        assertThat(Answers.rows(client.query("SELECT count(*), sum(cents), avg(cents) FROM orders WHERE cents < 0")))
                .containsExactly(List.of("0", "NULL", "NULL"));
    }

    /// A function of a user's can have the name of one that PostgreSQL brought along.
    @Test
    void anAggregateOfAUserIsNoneOfPostgreSqls() {
        client.query("CREATE SCHEMA own");
        client.query("CREATE AGGREGATE own.sum(int) (SFUNC = int4mul, STYPE = int, INITCOND = '1')");
        assertThat(client.value("SELECT own.sum(id) FROM orders")).isEqualTo("1");
        client.query("SET search_path = own, pg_catalog, public");
        assertThat(client.value("SELECT sum(id) FROM orders")).isEqualTo("1");
        assertThat(client.value("SELECT pg_catalog.sum(id) FROM orders")).isEqualTo("100");
    }

    @Test
    void aRowHasTheTypeOfItsTable() {
        assertThat(Answers.errors(client.query("SELECT pg_typeof(u), count(*) FROM users u, users v GROUP BY u")))
                .containsExactly("0A000");
    }

    @Test
    void joinsWithTablesOfTheHomeShard() {
        assertThat(Answers.rows(client.query("SELECT r.name, count(u.id) FROM ranks r"
                        + " LEFT JOIN users u ON u.id >= r.least GROUP BY r.name ORDER BY 1")))
                .containsExactly(List.of("new", "100"), List.of("old", "51"));
    }

    @Test
    void describesRowsAsTheServerDoes() {
        List<BackendMessage> answer = client.query("SELECT name AS n, id FROM users ORDER BY id LIMIT 1");
        RowDescription rows = (RowDescription) answer.getFirst();
        assertThat(rows.fields().getFirst().name()).isEqualTo(ByteString.utf8("n"));
        assertThat(client.value("SELECT 'users'::regclass::oid"))
                .isEqualTo(Integer.toString(rows.fields().getFirst().tableOid()));
    }

    @Test
    void anErrorIsThatOfTheServer() {
        assertThat(Answers.errors(client.query("SELECT count(*) / (count(*) - 100) FROM users")))
                .containsExactly("22012");
        assertThat(Answers.errors(client.query("SELECT nothing FROM users ORDER BY 1")))
                .containsExactly("42703");
        assertThat(Answers.errors(client.query("SELECT count(*) FROM users WHERE 1 / (id - 7) > 0")))
                .containsExactly("22012");
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo("100");
    }

    @Test
    void leavesNothingBehind() {
        for (int i = 0; i < 5; i++) {
            assertThat(client.value("SELECT count(*) FROM users")).isEqualTo("100");
            client.query("SELECT 1 / count(*) FROM users WHERE id < 0");
        }
        assertThat(braid.onAll("SELECT relname FROM pg_class WHERE relname LIKE 'pgbraid_gathered%'"))
                .isEmpty();
        for (String shard : Braid.NAMES) {
            assertThat(client.value("/* pgbraid: shard=" + shard + " */ SHOW transaction_isolation"))
                    .isEqualTo("read committed");
        }
    }

    @Test
    void isCanceledOnAllShards() {
        client.send(new Query(ByteString.utf8(
                "SELECT count(*) FROM users a, users b, users c, users d, users e WHERE a.name || b.name > c.name")));
        Eventually.isTrue(
                "the home shard runs it",
                () -> !braid.on("four", "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT count%_5 e %'")
                        .isEmpty());
        client.cancel();
        List<BackendMessage> answer = client.readUntilReady();
        assertThat(Answers.errors(answer)).containsExactly("57014");
        assertThat(answer.toString()).doesNotContain("waiting for a connection");
        assertThat(client.value("SELECT count(*) FROM users")).isEqualTo("100");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        proxy.close();
        proxy = braid.setup().set("limits.gather-bytes-max", "1KiB").start();
        client = proxy.login();
        assertThat(Answers.errors(client.query("SELECT string_agg(name, ',') FROM users")))
                .containsExactly("54000");
        assertThat(client.value("SELECT length(string_agg(name, ',')) FROM users WHERE id < 10"))
                .isEqualTo("62");
        assertThat(client.value("SELECT max(name) FROM users")).isEqualTo("user 99");
    }

    @Test
    void readsRowsThatAreLargerThanABuffer() {
        client.query("UPDATE users SET name = repeat('x', 300000) WHERE id = 1");
        client.query("UPDATE users SET name = repeat('y', 300000) WHERE id = 2");
        assertThat(client.column("SELECT length(name) FROM users ORDER BY length(name) DESC, id LIMIT 3"))
                .containsExactly("300000", "300000", "8");
    }

    @Test
    void takesParameters() throws SQLException {
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement select = connection.prepareStatement("SELECT u.name, sum(o.cents) AS total, u.tags"
                        + " FROM users u JOIN orders o ON o.user_id = u.id AND o.cents > ?"
                        + " WHERE u.id <= ? GROUP BY u.id ORDER BY total DESC, u.name LIMIT ?")) {
            for (int run = 0; run < 10; run++) {
                select.setInt(1, 100);
                select.setLong(2, 50);
                select.setInt(3, 2);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("user 50");
                    assertThat(rows.getInt("total")).isEqualTo(500);
                    assertThat((Object[]) rows.getArray(3).getArray()).containsExactly("a", "b");
                    assertThat(rows.getMetaData().getColumnTypeName(3)).isEqualTo("_text");
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("user 49");
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }
}
