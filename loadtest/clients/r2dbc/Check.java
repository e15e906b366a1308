import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.R2dbcException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Uses r2dbc-postgresql with its pool: everything is prepared, fetch sizes, batches, back pressure.
final class Check {
    private interface Action {
        void run(PostgresqlConnection connection);
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static int failures;

    private Check() {}

    public static void main(String[] arguments) {
        String jar = PostgresqlConnection.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        System.out.println("version " + jar.replaceAll(".*-([0-9.]+)\\.RELEASE\\.jar", "$1"));
        check("types", Check::types);
        check("several statements", connection -> equal(
                connection.createStatement("CREATE TABLE item (id int PRIMARY KEY, name text); SELECT 1; SELECT 2").execute()
                        .flatMap(PostgresqlResult::getRowsUpdated).collectList().block(LIMIT).size() > 0, true));
        check("statements of six connections in turns", connection -> turns());
        check("batches", Check::batches);
        check("transactions and savepoints", Check::transactions);
        check("rows in portions (fetch size)", Check::portions);
        check("errors, and what comes after them", Check::errors);
        check("COPY in", Check::copies);
        check("LISTEN and NOTIFY", Check::notifications);
        check("a subscription that is cancelled", Check::cancels);
        check("settings of the connection", connection -> settings());
        check("its pool", connection -> pool());
        System.out.println("done");
        System.exit(failures > 0 ? 1 : 0);
    }

    private static void check(String name, Action action) {
        PostgresqlConnection connection = null;
        try {
            connection = connect(UnaryOperator.identity());
            action.run(connection);
            System.out.println("ok " + name);
        } catch (RuntimeException | AssertionError failure) {
            failures++;
            System.out.println("failed " + name + ": " + String.valueOf(failure).replace('\n', '|'));
        } finally {
            if (connection != null) {
                connection.close().onErrorComplete().block(LIMIT);
            }
        }
    }

    private static PostgresqlConnectionFactory factory(UnaryOperator<PostgresqlConnectionConfiguration.Builder> more) {
        return new PostgresqlConnectionFactory(more.apply(PostgresqlConnectionConfiguration.builder()
                        .host(System.getenv("PGHOST"))
                        .port(Integer.parseInt(System.getenv("PGPORT")))
                        .username(System.getenv("PGUSER"))
                        .password(System.getenv("PGPASSWORD"))
                        .database(System.getenv("PGDATABASE")))
                .build());
    }

    private static PostgresqlConnection connect(UnaryOperator<PostgresqlConnectionConfiguration.Builder> more) {
        return factory(more).create().block(LIMIT);
    }

    private static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static <T> List<T> all(PostgresqlConnection connection, Class<T> type, String sql, Object... values) {
        PostgresqlStatement statement = connection.createStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.bind(i, values[i]);
        }
        return statement.execute().flatMap(result -> result.map((row, metadata) -> row.get(0, type))).collectList().block(LIMIT);
    }

    private static <T> T one(PostgresqlConnection connection, Class<T> type, String sql, Object... values) {
        return all(connection, type, sql, values).get(0);
    }

    private static void fails(String state, Runnable action) {
        try {
            action.run();
        } catch (R2dbcException failure) {
            equal(failure.getSqlState(), state);
            return;
        }
        throw new AssertionError("no error " + state);
    }

    private static void types(PostgresqlConnection connection) {
        UUID uuid = UUID.randomUUID();
        OffsetDateTime at = OffsetDateTime.parse("2026-03-29T01:59:59.123456Z");
        equal(one(connection, Integer.class, "SELECT $1::int4", 42), 42);
        equal(one(connection, Long.class, "SELECT $1::int8", Long.MIN_VALUE), Long.MIN_VALUE);
        equal(one(connection, BigDecimal.class, "SELECT $1::numeric", new BigDecimal("12345678901234567890.5")), new BigDecimal("12345678901234567890.5"));
        equal(one(connection, String.class, "SELECT $1::text", "grüße 🐘 ' \\"), "grüße 🐘 ' \\");
        equal(one(connection, UUID.class, "SELECT $1::uuid", uuid), uuid);
        equal(one(connection, OffsetDateTime.class, "SELECT $1::timestamptz", at).toInstant(), at.toInstant());
        equal(one(connection, Integer[].class, "SELECT $1::int4[]", (Object) new Integer[] {1, 2}), new Integer[] {1, 2});
        equal(one(connection, String.class, "SELECT '{\"a\": 1}'::jsonb"), "{\"a\": 1}");
    }

    private static void turns() {
        List<PostgresqlConnection> connections = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            connections.add(connect(builder -> builder.preparedStatementCacheQueries(2)));
        }
        for (int round = 0; round < 20; round++) {
            for (int n = 0; n < 6; n++) {
                equal(one(connections.get(n), Integer.class, "SELECT $1::int4 + " + n * 100, round), round + n * 100);
                equal(one(connections.get(n), Integer.class, "SELECT $1::int4 * " + round, n), round * n);
            }
        }
        connections.forEach(connection -> connection.close().block(LIMIT));
    }

    private static void batches(PostgresqlConnection connection) {
        PostgresqlStatement statement = connection.createStatement("INSERT INTO item VALUES ($1, $2)");
        for (int n = 0; n < 500; n++) {
            statement.bind("$1", n).bind("$2", "row " + n);
            if (n < 499) {
                statement.add();
            }
        }
        equal(statement.execute().flatMap(PostgresqlResult::getRowsUpdated).reduce(0L, Long::sum).block(LIMIT), 500L);
        Long updated = connection.createBatch().add("UPDATE item SET name = 'x' WHERE id = 1").add("DELETE FROM item WHERE id = 2")
                .execute().flatMap(PostgresqlResult::getRowsUpdated).reduce(0L, Long::sum).block(LIMIT);
        equal(updated, 2L);
    }

    private static void transactions(PostgresqlConnection connection) {
        connection.beginTransaction(IsolationLevel.SERIALIZABLE).block(LIMIT);
        equal(one(connection, String.class, "SHOW transaction_isolation"), "serializable");
        all(connection, Integer.class, "INSERT INTO item VALUES ($1) RETURNING id", 1000);
        connection.createSavepoint("here").block(LIMIT);
        fails("23505", () -> all(connection, Integer.class, "INSERT INTO item VALUES ($1) RETURNING id", 1000));
        connection.rollbackTransactionToSavepoint("here").block(LIMIT);
        connection.commitTransaction().block(LIMIT);
        equal(one(connection, Long.class, "SELECT count(*) FROM item WHERE id >= 1000"), 1L);
    }

    private static void portions(PostgresqlConnection connection) {
        Flux<Integer> rows = connection.createStatement("SELECT generate_series(1, $1)").bind(0, 1000).fetchSize(7).execute()
                .flatMap(result -> result.map((row, metadata) -> row.get(0, Integer.class)));
        equal(rows.reduce(0, Integer::sum).block(LIMIT), 500500);
        equal(rows.take(20).collectList().block(LIMIT).size(), 20);
        equal(one(connection, Integer.class, "SELECT 1"), 1);
    }

    private static void errors(PostgresqlConnection connection) {
        fails("42601", () -> all(connection, Integer.class, "SELEC 1"));
        fails("42P01", () -> all(connection, Integer.class, "SELECT * FROM nowhere WHERE id = $1", 1));
        fails("22012", () -> all(connection, Integer.class, "SELECT 1 / $1::int4", 0));
        equal(one(connection, Integer.class, "SELECT $1::int4", 3), 3);
    }

    private static void copies(PostgresqlConnection connection) {
        all(connection, Integer.class, "CREATE TABLE copied (id int, name text)");
        StringBuilder rows = new StringBuilder();
        for (int n = 0; n < 5000; n++) {
            rows.append(n).append("\trow\n");
        }
        var bytes = java.nio.ByteBuffer.wrap(rows.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        equal(connection.copyIn("COPY copied FROM STDIN").from(io.netty.buffer.Unpooled.wrappedBuffer(bytes)).build().block(LIMIT), 5000L);
    }

    private static void notifications(PostgresqlConnection connection) {
        PostgresqlConnection other = connect(UnaryOperator.identity());
        for (int n = 0; n < 10; n++) {
            all(connection, Integer.class, "LISTEN news");
            Mono<Notification> heard = connection.getNotifications().next().cache();
            heard.subscribe();
            all(other, Integer.class, "NOTIFY news, '" + n + "'");
            equal(heard.map(Notification::getParameter).timeout(Duration.ofSeconds(3), Mono.just("nothing in round " + n)).block(LIMIT), "" + n);
            all(connection, Integer.class, "UNLISTEN news");
        }
        other.close().block(LIMIT);
    }

    private static void cancels(PostgresqlConnection connection) {
        Mono<Integer> sleeping = connection.createStatement("SELECT 1 FROM pg_sleep(20)").execute()
                .flatMap(result -> result.map((row, metadata) -> 1)).single();
        Mono.delay(Duration.ofMillis(300)).then(connection.cancelRequest()).subscribe();
        fails("57014", () -> sleeping.block(LIMIT));
        equal(one(connection, Integer.class, "SELECT 1"), 1);
    }

    private static void settings() {
        PostgresqlConnection connection = connect(builder -> builder.schema("somewhere").applicationName("r2dbc")
                .statementTimeout(Duration.ofMillis(500)).lockWaitTimeout(Duration.ofMillis(700)));
        equal(one(connection, String.class, "SELECT current_setting('search_path') || ' ' || current_setting('application_name')"), "somewhere r2dbc");
        fails("57014", () -> all(connection, Integer.class, "SELECT 1 FROM pg_sleep(20)"));
        connection.close().block(LIMIT);
    }

    private static void pool() {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(factory(UnaryOperator.identity()))
                .initialSize(6).maxSize(8).validationQuery("SELECT 1").build());
        List<Integer> answers = Flux.range(0, 200)
                .flatMap(n -> Mono.usingWhen(
                        pool.create(),
                        connection -> Flux.from(connection.createStatement("SELECT $1::int4").bind(0, n).execute())
                                .flatMap(result -> result.map((row, metadata) -> row.get(0, Integer.class))).single(),
                        io.r2dbc.spi.Connection::close), 16)
                .sort().collectList().block(LIMIT);
        equal(answers, Flux.range(0, 200).collectList().block(LIMIT));
        pool.disposeLater().block(LIMIT);
    }
}
