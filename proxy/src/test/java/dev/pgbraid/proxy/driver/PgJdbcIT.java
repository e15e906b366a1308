package dev.pgbraid.proxy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/// The PostgreSQL driver for Java, used in every way that it has, by clients that share backends.
class PgJdbcIT {
    private static final int CLIENTS = 3;
    private static final String CANCELED = "57014";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final Connection direct = database.jdbc();

    PgJdbcIT() throws SQLException {}

    /// How the driver speaks to the proxy, and how many backends there are for all clients together.
    record Way(int poolSize, Map<String, String> options) {}

    /// What one client does.
    private interface Work {
        void run(Connection connection, int client) throws Exception;
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way(1, Map.of("prepareThreshold", "1")),
                new Way(1, Map.of("preferQueryMode", "simple")),
                new Way(1, Map.of("prepareThreshold", "-1")),
                new Way(2, Map.of("prepareThreshold", "1", "autosave", "always")));
    }

    @BeforeEach
    void createTables() throws SQLException {
        execute(direct, "CREATE TABLE item (client int, number int, name text, PRIMARY KEY (client, number))");
        execute(direct, "CREATE TABLE made (id serial PRIMARY KEY, name text NOT NULL)");
        execute(direct, "CREATE INDEX ON item (name)");
    }

    @AfterEach
    void close() throws SQLException {
        direct.close();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void batchesInsertEveryRowOnce(Way way) throws Exception {
        together(way, (connection, client) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?)")) {
                for (int round = 0; round < 5; round++) {
                    addItems(insert, client, 500 * round, 500);
                    assertThat(insert.executeBatch()).hasSize(500).containsOnly(1);
                    connection.commit();
                }
                addItems(insert, client, 2490, 20);
                BatchUpdateException failed = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
                assertThat(failed.getSQLState()).isEqualTo("23505");
                connection.rollback();
            }
            assertThat(values(connection, "SELECT count(*), sum(number) FROM item WHERE client = " + client))
                    .containsExactly("2500|3123750");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void batchesGiveTheKeysThatTheServerGenerates(Way way) throws Exception {
        together(way, (connection, client) -> {
            String sql = "INSERT INTO made (name) VALUES (?)";
            try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 0; i < 100; i++) {
                    insert.setString(1, client + "-" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
                List<String> keys = rows(insert.getGeneratedKeys());
                assertThat(keys).hasSize(100).doesNotHaveDuplicates();
                assertThat(values(connection, "SELECT id, name FROM made WHERE name LIKE '" + client + "-%'"))
                        .containsExactlyInAnyOrderElementsOf(keys);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void preparedStatementsStayTheClientsOwn(Way way) throws Exception {
        together(way, (connection, client) -> {
            List<PreparedStatement> statements = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                // The same text for all clients, and one that is each client's own.
                statements.add(connection.prepareStatement("SELECT ?::text, " + i));
                statements.add(connection.prepareStatement("SELECT ?::text, " + i + " AS of_client_" + client));
            }
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < statements.size(); i++) {
                    statements.get(i).setString(1, client + "/" + round);
                    assertThat(rows(statements.get(i).executeQuery()))
                            .containsExactly(client + "/" + round + "|" + i / 2);
                }
            }
            for (PreparedStatement statement : statements) {
                statement.close();
            }
            assertThat(values(connection, "SELECT 'last'")).containsExactly("last");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void cursorsAreReadInPiecesAndSideBySide(Way way) throws Exception {
        together(way, (connection, client) -> {
            connection.setAutoCommit(false);
            try (Statement first = connection.createStatement();
                    Statement second = connection.createStatement()) {
                first.setFetchSize(7);
                second.setFetchSize(11);
                ResultSet rising = first.executeQuery("SELECT generate_series(1, 1000)");
                ResultSet falling = second.executeQuery("SELECT generate_series(1000, 1, -1)");
                for (int i = 1; i <= 1000; i++) {
                    assertThat(rising.next() && falling.next()).isTrue();
                    assertThat(rising.getInt(1) + falling.getInt(1)).isEqualTo(1001);
                }
                assertThat(rising.next() || falling.next()).isFalse();
            }
            connection.commit();
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void savepointsUndoWhatCameAfterThem(Way way) throws Exception {
        together(way, (connection, client) -> {
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO item VALUES (" + client + ", 1, 'kept')");
            Savepoint savepoint = connection.setSavepoint("here");
            execute(connection, "INSERT INTO item VALUES (" + client + ", 2, 'undone')");
            connection.rollback(savepoint);
            Savepoint beforeError = connection.setSavepoint();
            assertThatThrownBy(() -> execute(connection, "SELECT 1/0")).hasMessageContaining("division by zero");
            connection.rollback(beforeError);
            connection.releaseSavepoint(savepoint);
            execute(connection, "INSERT INTO item VALUES (" + client + ", 3, 'kept')");
            connection.commit();

            execute(connection, "INSERT INTO item VALUES (" + client + ", 4, 'undone')");
            connection.rollback();
            assertThat(values(connection, "SELECT number FROM item WHERE client = " + client + " ORDER BY 1"))
                    .containsExactly("1", "3");
        });
    }

    @Test
    void automaticSavepointsLetATransactionGoOnAfterAnError() throws Exception {
        together(new Way(1, Map.of("autosave", "always", "prepareThreshold", "1")), (connection, client) -> {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?)")) {
                for (int number = 0; number < 50; number++) {
                    insert.setInt(1, client);
                    insert.setInt(2, number / 2);
                    insert.setString(3, "item");
                    if (number % 2 == 0) {
                        assertThat(insert.executeUpdate()).isEqualTo(1);
                    } else {
                        SQLException failed = catchThrowableOfType(SQLException.class, insert::executeUpdate);
                        assertThat(failed.getSQLState()).isEqualTo("23505");
                    }
                }
            }
            connection.commit();
            assertThat(values(connection, "SELECT count(*) FROM item WHERE client = " + client))
                    .containsExactly("25");
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void largeObjectsAreReadAsTheyWereWritten(Way way) throws Exception {
        together(way, (connection, client) -> {
            connection.setAutoCommit(false);
            LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            byte[] content = new byte[300_000];
            new Random(client).nextBytes(content);
            long oid = objects.createLO();
            try (LargeObject written = objects.open(oid, LargeObjectManager.WRITE)) {
                written.write(content);
            }
            connection.commit();
            try (LargeObject read = objects.open(oid, LargeObjectManager.READ)) {
                read.seek(100_000);
                assertThat(read.read(200_000)).isEqualTo(Arrays.copyOfRange(content, 100_000, 300_000));
            }
            objects.delete(oid);
            connection.commit();
            assertThatThrownBy(() -> objects.open(oid, LargeObjectManager.READ)).hasMessageContaining("does not exist");
            connection.rollback();
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void valuesOfAllTypesComeBackAsTheyWent(Way way) throws Exception {
        String sql = "SELECT ?::int[], ?::text[], ?::bytea, ?::jsonb, ?::numeric, ?::timestamptz, ?::uuid, ?::float8,"
                + " ?::bool, ?::int8";
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        together(way, (connection, client) -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int round = 0; round < 10; round++) {
                    select.setArray(1, connection.createArrayOf("int4", new Integer[] {client, null, -1}));
                    select.setArray(2, connection.createArrayOf("text", new String[] {"ä\"\\{,}", null, ""}));
                    select.setBytes(3, bytes);
                    select.setString(4, "{\"a\": [1, null, \"ü\"]}");
                    select.setBigDecimal(5, new BigDecimal("12345678901234567890.000123"));
                    select.setObject(6, OffsetDateTime.parse("2024-02-29T23:59:59.123456Z"));
                    select.setObject(7, new UUID(client, round));
                    select.setDouble(8, 1.0 / 3);
                    select.setBoolean(9, true);
                    select.setLong(10, Long.MIN_VALUE);
                    assertValues(select, bytes, client, round);
                }
            }
        });
    }

    private static void assertValues(PreparedStatement select, byte[] bytes, int client, int round)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat((Object[]) row.getArray(1).getArray()).containsExactly(client, null, -1);
            assertThat((Object[]) row.getArray(2).getArray()).containsExactly("ä\"\\{,}", null, "");
            assertThat(row.getBytes(3)).isEqualTo(bytes);
            assertThat(row.getString(4)).isEqualTo("{\"a\": [1, null, \"ü\"]}");
            assertThat(row.getString(5)).isEqualTo("12345678901234567890.000123");
            assertThat(row.getObject(6, OffsetDateTime.class))
                    .isEqualTo(OffsetDateTime.parse("2024-02-29T23:59:59.123456Z"));
            assertThat(row.getObject(7)).isEqualTo(new UUID(client, round));
            assertThat(row.getDouble(8)).isEqualTo(1.0 / 3);
            assertThat(row.getBoolean(9)).isTrue();
            assertThat(row.getLong(10)).isEqualTo(Long.MIN_VALUE);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theCatalogLooksAsItDoesDirectly(Way way) throws Exception {
        try (Connection alike = database.jdbc(way.options)) {
            List<String> directly = catalog(alike.getMetaData());
            assertThat(directly).anyMatch(row -> row.contains("item_pkey")).hasSizeGreaterThan(100);
            together(
                    way,
                    (connection, _) ->
                            assertThat(catalog(connection.getMetaData())).isEqualTo(directly));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aStatementIsCanceledAndNoOtherIs(Way way) throws Exception {
        together(new Way(CLIENTS, way.options), (connection, client) -> {
            try (Statement statement = connection.createStatement()) {
                CompletableFuture<String> outcome = new CompletableFuture<>();
                Thread.ofPlatform().start(() -> outcome.complete(sleepAndTell(statement, client)));
                awaitSleeper(client);
                statement.cancel();
                assertThat(outcome.get()).isEqualTo(CANCELED);
                for (int i = 0; i < 20; i++) {
                    assertThat(values(connection, "SELECT " + i)).containsExactly("" + i);
                }
                statement.setQueryTimeout(1);
                assertThat(sleepAndTell(statement, client)).isEqualTo(CANCELED);
                assertThat(rows(statement.executeQuery("SELECT 'done'"))).containsExactly("done");
            }
        });
    }

    private void together(Way way, Work work) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                        .set("pools.size-max", way.poolSize)
                        .set("pools.checkout-timeout", "30s")
                        .start();
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(threads.submit(() -> {
                    try (Connection connection = connect(proxy, way)) {
                        work.run(connection, client);
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                await(client);
            }
        }
    }

    private static void await(Future<?> client) throws InterruptedException {
        try {
            client.get();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    /// The driver sends SET after the login, which ties a session to a backend, unless it knows the server's version.
    private static Connection connect(ProxyFixture proxy, Way way) throws SQLException {
        Map<String, String> options = new HashMap<>(way.options);
        options.put("assumeMinServerVersion", "15");
        return proxy.endpoint().jdbc(options);
    }

    private static String sleepAndTell(Statement statement, int client) {
        try {
            statement.execute("SELECT pg_sleep(60), 'client " + client + "'");
            return "";
        } catch (SQLException failed) {
            return failed.getSQLState();
        }
    }

    private void awaitSleeper(int client) {
        // A cancel that arrives while the server is still between two messages is lost, with or without a proxy.
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event = 'PgSleep' AND query = 'SELECT pg_sleep(60), ''client " + client + "'''";
        Eventually.isTrue("client " + client + " sleeps", () -> {
            try {
                synchronized (direct) {
                    return values(direct, sql).equals(List.of("1"));
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private static void addItems(PreparedStatement insert, int client, int from, int count) throws SQLException {
        for (int number = from; number < from + count; number++) {
            insert.setInt(1, client);
            insert.setInt(2, number);
            insert.setString(3, "item " + number);
            insert.addBatch();
        }
    }

    private static List<String> catalog(DatabaseMetaData data) throws SQLException {
        List<String> rows = new ArrayList<>();
        rows.add(data.getDatabaseProductVersion());
        rows.addAll(rows(data.getSchemas()));
        rows.addAll(rows(data.getTables(null, "public", "%", null)));
        rows.addAll(rows(data.getColumns(null, "public", "%", "%")));
        rows.addAll(rows(data.getPrimaryKeys(null, "public", "item")));
        rows.addAll(rows(data.getIndexInfo(null, "public", "item", false, false)));
        rows.addAll(rows(data.getFunctions(null, "pg_catalog", "array_%")));
        rows.addAll(rows(data.getTypeInfo()));
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The rows, each as one text.
    private static List<String> values(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return rows(statement.executeQuery(sql));
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                values.add(String.valueOf(result.getString(column)));
            }
            rows.add(String.join("|", values));
        }
        result.close();
        return rows;
    }
}
