package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls of the functions that say where tables are, as migrations send them.
class TableCallIT {
    private static final String HOME = "four";

    private final Braid braid = Braid.ofFour();
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
        client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
        client.query("INSERT INTO users SELECT i, 'user ' || i FROM generate_series(1, 100) AS i");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static String sqlState(Throwable failed) {
        return failed instanceof SQLException sql ? sql.getSQLState() : failed.toString();
    }

    private List<String> error(String sql) {
        return errors(client.query(sql));
    }

    /// The errors of an answer, each with its SQLSTATE and its message.
    private static List<String> errors(List<BackendMessage> answer) {
        return answer.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).fields())
                .map(error -> error.get(ErrorFields.CODE).orElseThrow() + " "
                        + error.get(ErrorFields.MESSAGE).orElseThrow())
                .toList();
    }

    @Test
    void aTableIsSpreadByASimpleQuery() {
        List<String> answer = client.column("SELECT pgbraid.shard_table('users', 'id')");

        assertThat(answer)
                .singleElement()
                .asString()
                .matches("public\\.users is sharded by id from epoch \\d+ on; rows that have gone to other shards:"
                        + " \\d+ to one, \\d+ to three, \\d+ to two");
        List<String> counts = braid.onAll("SELECT count(*) FROM users");
        assertThat(counts).doesNotContain("0");
        assertThat(counts.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(100);
        for (int id = 1; id <= 100; id++) {
            assertThat(client.column("SELECT name FROM users WHERE id = " + id)).containsExactly("user " + id);
        }
    }

    @Test
    void tablesAreSpreadCopiedAndBroughtBackByADriver() throws SQLException {
        try (Connection connection = proxy.endpoint().jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id bigserial, user_id bigint REFERENCES users,"
                    + " PRIMARY KEY (user_id, id))");
            statement.execute("CREATE TABLE countries (code text PRIMARY KEY)");
            statement.execute("INSERT INTO countries VALUES ('pl'), ('de')");
            assertThat(call(connection, "SELECT pgbraid.reference_table('countries')"))
                    .startsWith("public.countries is on every shard")
                    .endsWith("2 to one, 2 to three, 2 to two");
            assertThat(call(connection, "SELECT pgbraid.home_table('countries')"))
                    .startsWith("public.countries is on the home shard");
            assertThatThrownBy(() -> call(connection, "SELECT pgbraid.shard_table('users', 'email')"))
                    .extracting(TableCallIT::sqlState)
                    .isEqualTo("42703");
            // Rows of users may leave only while nothing refers to them.
            statement.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey");
            call(connection, "SELECT pgbraid.shard_table('users', 'id')");
            assertThat(call(connection, "SELECT pgbraid.shard_table('orders', 'user_id', colocate_with => 'users')"))
                    .startsWith("public.orders is sharded by user_id as public.users is from epoch ");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (user_id) VALUES (?)")) {
                for (int id = 1; id <= 100; id++) {
                    insert.setLong(1, id);
                    insert.executeUpdate();
                }
            }
        }
        assertThat(braid.onAll("SELECT count(*) FROM orders JOIN users ON users.id = user_id").stream()
                        .mapToInt(Integer::parseInt)
                        .sum())
                .isEqualTo(100);
    }

    /// By the protocol with parameters, and prepared by its name.
    private static String call(Connection connection, String sql) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql);
                ResultSet result = call.executeQuery()) {
            assertThat(result.next()).isTrue();
            String words = result.getString(1);
            assertThat(result.next()).isFalse();
            return words;
        }
    }

    @Test
    void theArgumentsOfACallCanBeParameters() throws SQLException {
        client.query("CREATE TABLE \"it's\" (id bigint, name text)");
        try (Connection connection = proxy.endpoint().jdbc();
                PreparedStatement call =
                        connection.prepareStatement("SELECT pgbraid.shard_table(?, ?, buckets => ?)")) {
            for (String table : List.of("users", "\"it's\"")) {
                call.setString(1, table);
                call.setString(2, "id");
                call.setInt(3, 16);
                assertThat(call.execute()).isTrue();
            }
            call.setString(1, "nowhere");
            assertThatThrownBy(call::execute).extracting(TableCallIT::sqlState).isEqualTo("42P01");
        }
        assertThat(client.column("SELECT table_name || ' ' || max(last) FROM pgbraid.buckets GROUP BY table_name"))
                .containsExactlyInAnyOrder("public.users 15", "public.it's 15");
    }

    @Test
    void whatTheOwnerShouldKnowIsANotice() {
        client.query("CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint)");

        assertThat(client.query("SELECT pgbraid.shard_table('orders', 'user_id')"))
                .filteredOn(NoticeResponse.class::isInstance)
                .singleElement()
                .asString()
                .contains("Index orders_pkey is checked on each shard alone");
    }

    @Test
    void aCallStandsAloneOutsideOfTransactions() throws SQLException {
        client.query("BEGIN");
        assertThat(error("SELECT pgbraid.shard_table('users', 'id')"))
                .containsExactly("25001 pgbraid.shard_table cannot run inside a transaction block");
        assertThat(error("SELECT pgbraid.shard_table('users', 'id')"))
                .singleElement()
                .asString()
                .startsWith("25P02");
        client.query("ROLLBACK");
        client.query("BEGIN");
        client.query("INSERT INTO users VALUES (0)");
        assertThat(error("SELECT pgbraid.shard_table('users', 'id')"))
                .containsExactly("25001 pgbraid.shard_table cannot run inside a transaction block");
        client.query("ROLLBACK");
        assertThat(error("SELECT 1; SELECT pgbraid.home_table('users')"))
                .containsExactly("25001 pgbraid.home_table must be called by a statement of its own");
        try (Connection connection = proxy.endpoint().jdbc()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> call(connection, "SELECT pgbraid.shard_table('users', 'id')"))
                    .extracting(TableCallIT::sqlState)
                    .isEqualTo("25001");
        }
        assertThat(braid.on(HOME, "SELECT count(*) FROM users")).containsExactly("100");
    }

    @Test
    void onlyWhoMayActAsTheOwnerMayCall() {
        String stranger = "stranger_" + System.nanoTime();
        PostgresCluster.shared().execute("CREATE ROLE " + stranger + " ROLE " + client.value("SELECT current_user"));
        client.query("SET ROLE " + stranger);

        assertThat(error("SELECT pgbraid.shard_table('users', 'id')"))
                .containsExactly("42501 must be owner of table public.users");
        client.query("RESET ROLE");
        assertThat(error("SELECT pgbraid.shard_table('users', 'id')")).isEmpty();
        PostgresCluster.shared().execute("DROP ROLE " + stranger);
    }

    @Test
    void aCallThatIsCanceledChangesNothing() {
        try (WireClient holder = braid.login(HOME)) {
            beginCallBehind(holder);
            client.cancel();

            assertThat(errors(client.readUntilReady()))
                    .containsExactly("57014 canceling statement due to user request");
            holder.query("ROLLBACK");
        }
        assertThat(braid.on(HOME, "SELECT count(*) FROM users")).containsExactly("100");
        assertThat(error("SELECT pgbraid.home_table('users')"))
                .containsExactly("55000 table public.users is on the home shard alone already");
    }

    @Test
    void aCallWhoseClientIsGoneIsGivenUp() {
        try (WireClient holder = braid.login(HOME)) {
            beginCallBehind(holder);
            client.close();

            Eventually.isTrue("nobody waits for the table any more", () -> waiting() == 0);
            holder.query("ROLLBACK");
        }
        assertThat(braid.on("one", "SELECT to_regclass('users') IS NULL")).containsExactly("t");
    }

    /// Lets a call wait for the table, on which `holder` works.
    private void beginCallBehind(WireClient holder) {
        holder.query("BEGIN");
        holder.query("LOCK TABLE users IN ACCESS SHARE MODE");
        client.send(new Query(ByteString.utf8("SELECT pgbraid.shard_table('users', 'id')")));
        Eventually.isTrue("the call waits for the table", () -> waiting() == 1);
    }

    private int waiting() {
        return braid.on(HOME, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'users'::regclass")
                .size();
    }
}
