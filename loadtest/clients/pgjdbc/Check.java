import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.xa.PGXADataSource;

/// Uses pgjdbc as applications do: statements that become named, batches, fetch sizes, COPY, notifications, XA, HikariCP.
final class Check {
    private interface Action {
        void run(Connection connection) throws Exception;
    }

    private static int failures;

    private Check() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("version " + Driver.class.getPackage().getImplementationVersion());
        for (String options : List.of("", "preferQueryMode=simple", "prepareThreshold=1", "binaryTransfer=false", "autosave=always")) {
            check("types, " + (options.isEmpty() ? "by default" : options), options, Check::types);
        }
        check("several statements", "", Check::severalStatements);
        check("statements of six connections in turns", "", connection -> turns());
        check("more statements than the cache holds", "preparedStatementCacheQueries=3&prepareThreshold=1", Check::cache);
        check("transactions and savepoints", "", Check::transactions);
        check("a failed statement with autosave", "autosave=always", Check::autosave);
        check("batches", "", Check::batches);
        check("batches that are rewritten", "reWriteBatchedInserts=true", Check::batches);
        check("a batch that fails", "", Check::failingBatch);
        check("rows in portions (fetch size)", "", Check::fetchSize);
        check("a cursor that outlives its transaction", "", Check::holdable);
        check("keys that are generated", "", Check::generatedKeys);
        check("functions and procedures", "", Check::calls);
        check("COPY in and out", "", Check::copies);
        check("LISTEN and NOTIFY", "", Check::notifications);
        check("cancelling and timeouts", "", Check::cancelling);
        check("metadata", "", Check::metadata);
        check("settings of the connection", "currentSchema=somewhere&options=-c%20statement_timeout=12345&ApplicationName=jdbc", Check::settings);
        check("read only, isolation, schema", "", Check::sessionState);
        check("a change of search_path under prepared statements", "prepareThreshold=1", Check::searchPath);
        check("DEALLOCATE ALL and DISCARD ALL", "prepareThreshold=1&autosave=conservative", Check::deallocates);
        check("a cached plan whose type has changed", "prepareThreshold=1", Check::changedTable);
        check("large objects", "", Check::largeObjects);
        check("two-phase commit (XA)", "", connection -> xa());
        check("HikariCP", "", connection -> hikari());
        System.out.println("done");
        System.exit(failures > 0 ? 1 : 0);
    }

    private static void check(String name, String options, Action action) {
        try (Connection connection = connect(options)) {
            action.run(connection);
            System.out.println("ok " + name);
        } catch (Exception | AssertionError failure) {
            failures++;
            System.out.println("failed " + name + ": " + String.valueOf(failure).replace('\n', '|')
                    + Arrays.stream(failure.getStackTrace())
                            .filter(frame -> frame.getClassName().equals("Check") && !frame.getMethodName().equals("equal"))
                            .findFirst()
                            .map(frame -> " line " + frame.getLineNumber())
                            .orElse(""));
        }
    }

    private static String url(String options) {
        return "jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE")
                + "?sslmode=disable&loginTimeout=10&socketTimeout=60" + (options.isEmpty() ? "" : "&" + options);
    }

    private static Connection connect(String options) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", System.getenv("PGUSER"));
        login.setProperty("password", System.getenv("PGPASSWORD"));
        return DriverManager.getConnection(url(options), login);
    }

    private static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static void fails(String state, Callable<?> action) throws Exception {
        try {
            action.call();
        } catch (SQLException failure) {
            equal(failure.getSQLState(), state);
            return;
        }
        throw new AssertionError("no error " + state);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Object one(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1);
            }
        }
    }

    private static void types(Connection connection) throws SQLException {
        OffsetDateTime at = OffsetDateTime.parse("2026-03-29T01:59:59.123456Z");
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        String sql = "SELECT ?::int4, ?::int8, ?::numeric, ?::text, ?::bytea, ?::bool, ?::timestamptz, ?::date, ?::uuid, ?::jsonb, ?::int4[], ?::text";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            // The fifth use goes to the server by name.
            for (int round = 0; round < 8; round++) {
                statement.setInt(1, round);
                statement.setLong(2, Long.MIN_VALUE);
                statement.setBigDecimal(3, new BigDecimal("12345678901234567890.123456789"));
                statement.setString(4, "grüße 🐘 ' \\");
                statement.setBytes(5, bytes);
                statement.setBoolean(6, true);
                statement.setObject(7, at);
                statement.setObject(8, LocalDate.of(2000, 2, 29));
                statement.setObject(9, uuid);
                statement.setObject(10, "{\"a\": [1, null]}", Types.OTHER);
                statement.setArray(11, connection.createArrayOf("int4", new Integer[] {1, null, 3}));
                statement.setNull(12, Types.VARCHAR);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    equal(rows.getInt(1), round);
                    equal(rows.getLong(2), Long.MIN_VALUE);
                    equal(rows.getBigDecimal(3), new BigDecimal("12345678901234567890.123456789"));
                    equal(rows.getString(4), "grüße 🐘 ' \\");
                    equal(rows.getBytes(5), bytes);
                    equal(rows.getBoolean(6), true);
                    equal(rows.getObject(7, OffsetDateTime.class).toInstant(), at.toInstant());
                    equal(rows.getObject(8, LocalDate.class), LocalDate.of(2000, 2, 29));
                    equal(rows.getObject(9), uuid);
                    equal(rows.getString(10), "{\"a\": [1, null]}");
                    equal(rows.getArray(11).getArray(), new Integer[] {1, null, 3});
                    equal(rows.getString(12), null);
                }
            }
        }
    }

    private static void severalStatements(Connection connection) throws SQLException {
        run(connection, "CREATE TABLE item (id serial PRIMARY KEY, name text); INSERT INTO item(name) VALUES ('a'), ('b')");
        try (Statement statement = connection.createStatement()) {
            equal(statement.execute("SELECT 1; UPDATE item SET name = 'c' WHERE id = 1; SELECT 2"), true);
            equal(statement.getMoreResults(), false);
            equal(statement.getUpdateCount(), 1);
            equal(statement.getMoreResults(), true);
        }
    }

    private static void turns() throws SQLException {
        List<Connection> connections = new ArrayList<>();
        List<PreparedStatement> statements = new ArrayList<>();
        try {
            for (int n = 0; n < 6; n++) {
                connections.add(connect("prepareThreshold=1&ApplicationName=client" + n));
                // All are named S_1 at their servers.
                statements.add(connections.get(n).prepareStatement("SELECT 'client " + n + "', ?::int"));
            }
            for (int round = 0; round < 20; round++) {
                for (int n = 0; n < 6; n++) {
                    statements.get(n).setInt(1, round);
                    try (ResultSet rows = statements.get(n).executeQuery()) {
                        rows.next();
                        equal(rows.getString(1), "client " + n);
                        equal(rows.getInt(2), round);
                    }
                    equal(one(connections.get(n), "SHOW application_name"), "client" + n);
                }
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static void cache(Connection connection) throws SQLException {
        for (int n = 0; n < 60; n++) {
            equal(one(connection, "SELECT ?::int4 + " + n % 10, n), n + n % 10);
        }
    }

    private static void transactions(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        run(connection, "INSERT INTO item VALUES (10, 'kept')");
        Savepoint here = connection.setSavepoint();
        fails("23505", () -> one(connection, "INSERT INTO item VALUES (?, 'twice') RETURNING id", 10));
        fails("25P02", () -> one(connection, "SELECT 1"));
        connection.rollback(here);
        connection.releaseSavepoint(here);
        connection.commit();
        run(connection, "INSERT INTO item VALUES (11)");
        connection.rollback();
        connection.setAutoCommit(true);
        equal(one(connection, "SELECT count(*) FROM item WHERE id >= 10"), 1L);
    }

    private static void autosave(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        for (int round = 0; round < 6; round++) {
            one(connection, "SELECT ?::int4", round);
            fails("22012", () -> one(connection, "SELECT 1 / ?::int4", 0));
        }
        equal(one(connection, "SELECT 5"), 5);
        connection.commit();
    }

    private static void batches(Connection connection) throws SQLException {
        run(connection, "CREATE TABLE IF NOT EXISTS batched (id int, name text); TRUNCATE batched");
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO batched VALUES (?, ?)")) {
            for (int n = 0; n < 3000; n++) {
                statement.setInt(1, n);
                statement.setString(2, "row " + n);
                statement.addBatch();
            }
            equal(statement.executeBatch().length, 3000);
        }
        try (PreparedStatement statement = connection.prepareStatement("UPDATE batched SET name = ? WHERE id < ?", new String[] {"id"})) {
            for (int n = 1; n < 5; n++) {
                statement.setString(1, "new");
                statement.setInt(2, n);
                statement.addBatch();
            }
            equal(statement.executeBatch(), new int[] {1, 2, 3, 4});
            int keys = 0;
            try (ResultSet rows = statement.getGeneratedKeys()) {
                while (rows.next()) {
                    keys++;
                }
            }
            equal(keys, 10);
        }
        equal(one(connection, "SELECT count(*) FROM batched"), 3000L);
    }

    private static void failingBatch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO item VALUES (100)");
            statement.addBatch("INSERT INTO item VALUES (100)");
            statement.addBatch("INSERT INTO item VALUES (101)");
            statement.executeBatch();
            throw new AssertionError("no error");
        } catch (BatchUpdateException failure) {
            equal(failure.getSQLState(), "23505");
        }
        equal(one(connection, "SELECT count(*) FROM item WHERE id >= 100"), 0L);
    }

    private static void fetchSize(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement first = connection.prepareStatement("SELECT generate_series(1, 1000)");
                PreparedStatement second = connection.prepareStatement("SELECT generate_series(1001, 2000)")) {
            first.setFetchSize(7);
            second.setFetchSize(11);
            try (ResultSet one = first.executeQuery();
                    ResultSet other = second.executeQuery()) {
                for (int n = 1; n <= 1000; n++) {
                    one.next();
                    other.next();
                    equal(one.getInt(1), n);
                    equal(other.getInt(1), n + 1000);
                }
                equal(one.next() || other.next(), false);
            }
        }
        connection.commit();
    }

    private static void holdable(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "DECLARE held CURSOR WITH HOLD FOR SELECT generate_series(1, 10)");
        connection.commit();
        equal(one(connection, "FETCH 1 FROM held"), 1);
        connection.commit();
        equal(one(connection, "FETCH 1 FROM held"), 2);
        run(connection, "CLOSE held");
        connection.commit();
    }

    private static void generatedKeys(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item(name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            statement.setString(1, "generated");
            equal(statement.executeUpdate(), 1);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                equal(keys.getInt("id") > 0, true);
            }
        }
    }

    private static void calls(Connection connection) throws SQLException {
        run(connection, "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';"
                + "CREATE PROCEDURE stores(n int, INOUT r int) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO item VALUES (n); COMMIT; r := n + 1; END $$;"
                + "CREATE FUNCTION many() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE c refcursor; BEGIN OPEN c FOR SELECT generate_series(1, 5); RETURN c; END $$");
        try (CallableStatement call = connection.prepareCall("{? = call twice(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 21);
            call.execute();
            equal(call.getInt(1), 42);
        }
        try (CallableStatement call = connection.prepareCall("call stores(?, ?)")) {
            call.setInt(1, 200);
            call.setInt(2, 0);
            call.registerOutParameter(2, Types.INTEGER);
            call.execute();
            equal(call.getInt(2), 201);
        }
        connection.setAutoCommit(false);
        try (CallableStatement call = connection.prepareCall("{? = call many()}")) {
            call.registerOutParameter(1, Types.OTHER);
            call.execute();
            try (ResultSet rows = (ResultSet) call.getObject(1)) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                equal(count, 5);
            }
        }
        connection.commit();
    }

    private static void copies(Connection connection) throws Exception {
        run(connection, "CREATE TABLE copied (id int, name text)");
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder rows = new StringBuilder();
        for (int n = 0; n < 20000; n++) {
            rows.append(n).append("\trow ").append(n).append('\n');
        }
        equal(copies.copyIn("COPY copied FROM STDIN", new StringReader(rows.toString())), 20000L);
        StringWriter out = new StringWriter();
        equal(copies.copyOut("COPY copied TO STDOUT", out), 20000L);
        equal(out.toString(), rows.toString());
        fails("22P02", () -> copies.copyIn("COPY copied FROM STDIN", new ByteArrayInputStream("x\ty\n".repeat(50000).getBytes(StandardCharsets.UTF_8))));
        equal(one(connection, "SELECT count(*) FROM copied"), 20000L);
    }

    private static void notifications(Connection connection) throws SQLException {
        try (Connection other = connect("")) {
            for (int n = 0; n < 10; n++) {
                run(connection, "LISTEN news");
                run(other, "NOTIFY news, '" + n + "'");
                PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(3000);
                equal(heard == null || heard.length == 0 ? "nothing in round " + n : heard[0].getParameter(), "" + n);
                run(connection, "UNLISTEN news");
            }
        }
    }

    private static void cancelling(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            fails("57014", () -> statement.execute("SELECT pg_sleep(20)"));
            statement.setQueryTimeout(0);
            Thread canceller = new Thread(() -> {
                try {
                    Thread.sleep(300);
                    statement.cancel();
                } catch (SQLException | InterruptedException failure) {
                    System.out.println(failure);
                }
            });
            canceller.start();
            fails("57014", () -> statement.execute("SELECT pg_sleep(20)"));
            canceller.join();
        }
        equal(one(connection, "SELECT 1"), 1);
    }

    private static void metadata(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = metadata.getColumns(null, "public", "item", null)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
            }
        }
        equal(columns, List.of("id serial", "name text"));
        try (ResultSet rows = metadata.getPrimaryKeys(null, "public", "item")) {
            rows.next();
            equal(rows.getString("COLUMN_NAME"), "id");
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT id, name FROM item WHERE id = ?")) {
            equal(statement.getMetaData().getColumnTypeName(2), "text");
            equal(statement.getParameterMetaData().getParameterTypeName(1), "int4");
        }
        equal(metadata.getDatabaseMajorVersion() >= 15, true);
        equal(connection.isValid(5), true);
    }

    private static void settings(Connection connection) throws SQLException {
        for (int n = 0; n < 6; n++) {
            equal(one(connection, "SHOW search_path"), "somewhere");
            equal(one(connection, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"), "12345");
            equal(one(connection, "SHOW application_name"), "jdbc");
        }
        connection.setClientInfo("ApplicationName", "renamed");
        equal(one(connection, "SHOW application_name"), "renamed");
    }

    private static void sessionState(Connection connection) throws Exception {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        equal(one(connection, "SHOW transaction_isolation"), "serializable");
        connection.setAutoCommit(false);
        fails("25006", () -> one(connection, "INSERT INTO item VALUES (300) RETURNING id"));
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        run(connection, "CREATE SCHEMA other");
        connection.setSchema("other");
        equal(connection.getSchema(), "other");
        run(connection, "CREATE TABLE here (n int)");
        equal(one(connection, "SELECT count(*) FROM other.here"), 0L);
    }

    private static void searchPath(Connection connection) throws SQLException {
        for (String schema : List.of("left_side", "right_side")) {
            run(connection, "CREATE SCHEMA " + schema);
            run(connection, "CREATE TABLE " + schema + ".side AS SELECT '" + schema + "'::text AS name");
        }
        for (int round = 0; round < 6; round++) {
            for (String schema : List.of("left_side", "right_side")) {
                run(connection, "SET search_path = " + schema);
                equal(one(connection, "SELECT name FROM side"), schema);
            }
        }
    }

    private static void deallocates(Connection connection) throws SQLException {
        for (String command : List.of("DEALLOCATE ALL", "DISCARD ALL")) {
            for (int round = 0; round < 3; round++) {
                equal(one(connection, "SELECT ?::int4", round), round);
            }
            run(connection, command);
            equal(one(connection, "SELECT ?::int4", 9), 9);
        }
    }

    private static void changedTable(Connection connection) throws Exception {
        run(connection, "CREATE TABLE changing AS SELECT 1 AS a");
        equal(one(connection, "SELECT * FROM changing"), 1);
        equal(one(connection, "SELECT * FROM changing"), 1);
        try (Connection other = connect("")) {
            run(other, "ALTER TABLE changing ALTER a TYPE text");
        }
        // Outside of a transaction the driver prepares again by itself.
        equal(one(connection, "SELECT * FROM changing"), "1");
    }

    private static void largeObjects(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        var objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
        long id = objects.createLO();
        try (var object = objects.open(id)) {
            object.write("a large object".getBytes(StandardCharsets.UTF_8));
            object.seek(2);
            equal(new String(object.read(5), StandardCharsets.UTF_8), "large");
        }
        objects.unlink(id);
        connection.commit();
    }

    private static void xa() throws Exception {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url(""));
        source.setUser(System.getenv("PGUSER"));
        source.setPassword(System.getenv("PGPASSWORD"));
        javax.sql.XAConnection connection = source.getXAConnection();
        javax.transaction.xa.XAResource resource = connection.getXAResource();
        Branch branch = new Branch();
        resource.start(branch, javax.transaction.xa.XAResource.TMNOFLAGS);
        run(connection.getConnection(), "INSERT INTO item VALUES (400)");
        resource.end(branch, javax.transaction.xa.XAResource.TMSUCCESS);
        equal(resource.prepare(branch), javax.transaction.xa.XAResource.XA_OK);
        equal(resource.recover(javax.transaction.xa.XAResource.TMSTARTRSCAN).length, 1);
        resource.commit(branch, false);
        connection.close();
        try (Connection other = connect("")) {
            equal(one(other, "SELECT count(*) FROM item WHERE id = 400"), 1L);
        }
    }

    private record Branch() implements javax.transaction.xa.Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1, 2, 3};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {4};
        }
    }

    private static void hikari() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(""));
        config.setUsername(System.getenv("PGUSER"));
        config.setPassword(System.getenv("PGPASSWORD"));
        config.setMaximumPoolSize(10);
        config.setConnectionInitSql("SET application_name = 'hikari'");
        try (HikariDataSource source = new HikariDataSource(config)) {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            List<Future<Object>> tasks = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                int number = n;
                tasks.add(threads.submit(() -> {
                    try (Connection connection = source.getConnection()) {
                        connection.setAutoCommit(number % 2 == 0);
                        connection.setReadOnly(number % 3 == 0);
                        equal(one(connection, "SHOW application_name"), "hikari");
                        equal(one(connection, "SHOW transaction_read_only"), number % 3 == 0 && number % 2 == 1 ? "on" : "off");
                        return one(connection, "SELECT ?::int4 + " + number % 7, number);
                    }
                }));
            }
            for (int n = 0; n < 200; n++) {
                equal(tasks.get(n).get(), n + n % 7);
            }
            threads.shutdown();
        }
    }
}
