package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
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

class ShardedIT {
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
        client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
        client.query("CREATE TABLE orders (user_id bigint REFERENCES users, id int, PRIMARY KEY (user_id, id))");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private void insertUsers() {
        for (int id = 1; id <= USERS; id++) {
            assertThat(tag(client.query("INSERT INTO users VALUES (" + id + ", 'user " + id + "')")))
                    .isEqualTo("INSERT 0 1");
        }
    }

    private static String tag(List<BackendMessage> answer) {
        return answer.stream()
                .filter(CommandComplete.class::isInstance)
                .map(message -> ((CommandComplete) message).commandTag().toString())
                .findFirst()
                .orElseGet(() -> Answers.errors(answer).toString());
    }

    private static ErrorFields error(List<BackendMessage> answer) {
        return answer.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).fields())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTableThatIsSpreadIsMadeOnEveryShard() {
        assertThat(braid.onAll("SELECT count(*) FROM pg_class WHERE relname = 'users'"))
                .containsExactly("1", "1", "1", "1");
    }

    @Test
    void rowsAreFoundWhereTheirKeySays() {
        insertUsers();
        for (int id = 1; id <= USERS; id++) {
            assertThat(client.column("SELECT name FROM users WHERE id = " + id)).containsExactly("user " + id);
        }
        List<String> counts = braid.onAll("SELECT count(*) FROM users");
        assertThat(counts).doesNotContain("0");
        assertThat(counts.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(USERS);
    }

    @Test
    void preparedStatementsFindTheirShardByTheirParameters() throws SQLException {
        insertUsers();
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement select = connection.prepareStatement("SELECT name FROM users WHERE id = ?")) {
            for (int id = 1; id <= USERS; id++) {
                select.setLong(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("user " + id);
                }
            }
        }
    }

    @Test
    void aTransactionKeepsToTheShardOfItsKey() throws SQLException {
        insertUsers();
        try (Connection connection = proxy.endpoint().jdbc()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
                for (int order = 1; order <= 3; order++) {
                    insert.setLong(1, 7);
                    insert.setInt(2, order);
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
        assertThat(client.column("SELECT o.id FROM users u JOIN orders o ON o.user_id = u.id WHERE u.id = 7"))
                .containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void rowsOfAllShardsAreOneResult() {
        insertUsers();
        List<BackendMessage> answer = client.query("SELECT id FROM users");
        assertThat(Answers.column(answer)).hasSize(USERS).doesNotHaveDuplicates();
        assertThat(tag(answer)).isEqualTo("SELECT " + USERS);
    }

    @Test
    void rowsOfAllShardsAreOneResultOfAPreparedStatement() throws SQLException {
        insertUsers();
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement select = connection.prepareStatement("SELECT id FROM users WHERE name <> ?")) {
            for (int run = 0; run < 7; run++) {
                select.setString(1, "user 1");
                int count = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(USERS - 1);
            }
            select.setMaxRows(5);
            try (ResultSet rows = select.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(5);
            }
        }
    }

    @Test
    void anErrorOfOneShardIsTheErrorOfAll() {
        insertUsers();
        assertThat(Answers.errors(client.query("SELECT 1 / (id - 50) FROM users")))
                .containsExactly("22012");
        assertThat(client.value("SELECT name FROM users WHERE id = 50")).isEqualTo("user 50");
    }

    @Test
    void aStatementOnAllShardsIsCanceled() {
        insertUsers();
        client.send(new Query(
                ByteString.utf8("SELECT u.id FROM users u, generate_series(1, 2000000000) AS n WHERE n < 0")));
        Eventually.isTrue(
                "every shard works on it",
                () -> braid
                        .onAll("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state ="
                                + " 'active' AND query LIKE 'SELECT u.id%'")
                        .stream()
                        .allMatch("1"::equals));
        client.cancel();
        assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        assertThat(client.value("SELECT name FROM users WHERE id = 50")).isEqualTo("user 50");
    }

    @Test
    void aDefinitionThatFailsSaysWhatRemains() {
        braid.on("three", "CREATE TABLE countries (code text)");
        ErrorFields error = error(client.query("CREATE TABLE countries (code text PRIMARY KEY)"));
        assertThat(error.get(ErrorFields.CODE)).hasToString("Optional[42P07]");
        assertThat(error.get(ErrorFields.DETAIL).orElseThrow())
                .hasToString("It was done on four, one, and remains to be done on three, two.");
    }

    @Test
    void definitionsInOneQueryAreAnsweredOneByOne() {
        List<BackendMessage> answer = client.query(
                "SELECT 1; CREATE TABLE countries (code text PRIMARY KEY); ALTER TABLE countries ADD name text");

        assertThat(answer.stream()
                        .filter(CommandComplete.class::isInstance)
                        .map(message -> ((CommandComplete) message).commandTag().toString()))
                .containsExactly("SELECT 1", "CREATE TABLE", "ALTER TABLE");
        assertThat(answer).filteredOn(DataRow.class::isInstance).hasSize(1);
        assertThat(braid.onAll("SELECT count(*) FROM pg_attribute WHERE attrelid = 'countries'::regclass"
                        + " AND attname = 'name'"))
                .containsExactly("1", "1", "1", "1");
    }

    @Test
    void definitionsInOneQueryThatFailAreDoneNowhereElse() {
        assertThat(braid.on("two", "CREATE VIEW countries AS SELECT 1")).isEmpty();

        List<BackendMessage> answer =
                client.query("CREATE TABLE countries (code text); ALTER TABLE countries ADD name text");

        assertThat(error(answer).get(ErrorFields.DETAIL))
                .hasValueSatisfying(
                        detail -> assertThat(detail.toString()).startsWith("It was done on four, one, three"));
    }

    @Test
    void rowsOfAllShardsAreNoPartOfAQueryOfSeveralStatements() {
        insertUsers();
        assertThat(tag(client.query("SELECT 1; SELECT * FROM users"))).contains("0A000");
        assertThat(tag(client.query("SELECT * FROM users; SELECT 1"))).contains("0A000");
    }

    @Test
    void namesMeanWhatTheySayOnTheHomeShard() {
        braid.on("four", "CREATE SCHEMA own");
        braid.on("four", "CREATE TABLE own.users (id bigint)");
        braid.on("four", "INSERT INTO own.users VALUES (-1)");
        braid.on(
                "four",
                "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = own, public', current_database());"
                        + " END$$");
        insertUsers();
        proxy.close();
        proxy = braid.start();
        client = proxy.login();

        assertThat(client.column("SELECT id FROM users")).containsExactly("-1");
        assertThat(client.column("SELECT id FROM public.users WHERE id = 7")).containsExactly("7");
        for (String shard : Braid.NAMES) {
            assertThat(client.value("/* pgbraid: shard=" + shard + " */ SHOW search_path"))
                    .isEqualTo("own, public");
        }
        client.query("SET search_path = public");
        assertThat(client.column("SELECT id FROM users WHERE id = 7")).containsExactly("7");
        client.query("DISCARD ALL");
        assertThat(client.column("SELECT id FROM users")).containsExactly("-1");
    }

    @Test
    void whatSeveralShardsWouldHaveToWriteIsRefused() throws SQLException {
        insertUsers();
        assertThat(Answers.errors(client.query("UPDATE users SET name = 'x'"))).containsExactly("0A000");
        try (Connection connection = proxy.endpoint().jdbc()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("DELETE FROM users WHERE id = 1");
            assertThatThrownBy(() -> {
                        for (int id = 2; id < 20; id++) {
                            connection.createStatement().execute("DELETE FROM users WHERE id = " + id);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("0A000");
            connection.rollback();
        }
        assertThat(client.column("SELECT id FROM users")).hasSize(USERS);
    }

    @Test
    void tellsWhereAStatementRuns() throws SQLException {
        assertThat(client.column("EXPLAIN (ROUTE) SELECT * FROM users WHERE id = 5"))
                .first()
                .asString()
                .isEqualTo("Route: Single shard, reading");
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement explain =
                        connection.prepareStatement("EXPLAIN (ROUTE) SELECT * FROM users WHERE id = ?")) {
            explain.setLong(1, 5);
            try (ResultSet rows = explain.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("Route: Single shard, reading");
            }
        }
    }

    @Test
    void tellsWhatIsSentToGatherRows() {
        assertThat(client.column("EXPLAIN (ROUTE) SELECT id FROM users"))
                .contains("  Sent to each: the statement as it is");
        for (String name : List.of("a", "b")) {
            assertThat(client.column("EXPLAIN (ROUTE) SELECT id FROM users WHERE name > '" + name + "' ORDER BY name"))
                    .startsWith("Route: Gather")
                    .anyMatch(row -> row.startsWith("  Sent to ") && row.contains("> '" + name + "'"))
                    .anyMatch(row -> row.startsWith("  Then, over these rows: ") && row.contains("ORDER BY"))
                    .anyMatch(row -> row.startsWith("  Reason: "));
        }
    }

    @Test
    void aTemporaryTableHidesATableOfItsName() {
        insertUsers();
        client.query("CREATE TEMPORARY TABLE users (id bigint, name text)");
        assertThat(client.column("SELECT id FROM users")).isEmpty();
        client.query("DROP TABLE users");
        assertThat(client.column("SELECT id FROM users")).hasSize(USERS);
    }
}
