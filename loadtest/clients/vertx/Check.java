import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Uses the client of Vert.x: pipelines on one connection, cached statements, cursors, its subscriber, cancelling.
final class Check {
    private interface Action {
        void run(PgConnection connection) throws Exception;
    }

    private static final Vertx VERTX = Vertx.vertx();
    private static int failures;

    private Check() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("version " + version());
        check("types", options(), Check::types);
        check("several statements", options(), Check::severalStatements);
        check("many statements at once on one connection", options().setPipeliningLimit(64), Check::pipelines);
        check("cached statements on six connections", options(), connection -> turns());
        check("errors within a pipeline", options().setPipeliningLimit(64), Check::errors);
        check("batches", options(), Check::batches);
        check("transactions", options(), Check::transactions);
        check("cursors", options(), Check::cursors);
        check("notifications", options(), Check::notifications);
        check("its subscriber", options(), connection -> subscriber());
        check("cancelling", options(), Check::cancels);
        check("settings of the connection", options().addProperty("search_path", "somewhere").addProperty("application_name", "vertx"), Check::settings);
        check("its pool", options(), connection -> pool());
        System.out.println("done");
        System.exit(failures > 0 ? 1 : 0);
    }

    private static String version() {
        String jar = PgConnection.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return jar.replaceAll(".*-([0-9.]+)\\.jar", "$1");
    }

    private static PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost(System.getenv("PGHOST"))
                .setPort(Integer.parseInt(System.getenv("PGPORT")))
                .setUser(System.getenv("PGUSER"))
                .setPassword(System.getenv("PGPASSWORD"))
                .setDatabase(System.getenv("PGDATABASE"))
                .setCachePreparedStatements(true);
    }

    private static void check(String name, PgConnectOptions options, Action action) {
        PgConnection connection = null;
        try {
            connection = await(PgConnection.connect(VERTX, options));
            action.run(connection);
            System.out.println("ok " + name);
        } catch (Exception | AssertionError failure) {
            failures++;
            System.out.println("failed " + name + ": " + String.valueOf(failure).replace('\n', '|'));
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof PgException refused) {
                throw refused;
            }
            throw failure;
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within 30 s", late);
        }
    }

    private static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static void fails(String state, Future<?> future) throws Exception {
        try {
            await(future);
        } catch (PgException refused) {
            equal(refused.getSqlState(), state);
            return;
        }
        throw new AssertionError("no error " + state);
    }

    private static Row one(PgConnection connection, String sql, Object... values) throws Exception {
        return await(connection.preparedQuery(sql).execute(Tuple.from(values))).iterator().next();
    }

    private static void types(PgConnection connection) throws Exception {
        OffsetDateTime at = OffsetDateTime.of(2026, 3, 29, 1, 59, 59, 123456000, ZoneOffset.UTC);
        UUID uuid = UUID.randomUUID();
        Row row = one(connection, "SELECT $1::int4, $2::int8, $3::text, $4::bytea, $5::bool, $6::timestamptz, $7::uuid, $8::jsonb, $9::int4[], $10::text, 1.5::numeric",
                42, Long.MAX_VALUE, "grüße 🐘", Buffer.buffer(new byte[] {0, 1, -1}), true, at, uuid, new JsonObject().put("a", 1), new Integer[] {1, 2}, null);
        equal(row.getInteger(0), 42);
        equal(row.getLong(1), Long.MAX_VALUE);
        equal(row.getString(2), "grüße 🐘");
        equal(row.getBuffer(3).getBytes(), new byte[] {0, 1, -1});
        equal(row.getBoolean(4), true);
        equal(row.getOffsetDateTime(5), at);
        equal(row.getUUID(6), uuid);
        equal(row.getJsonObject(7), new JsonObject().put("a", 1));
        equal(row.getArrayOfIntegers(8), new Integer[] {1, 2});
        equal(row.getString(9), null);
        equal(row.getBigDecimal(10), new BigDecimal("1.5"));
    }

    private static void severalStatements(PgConnection connection) throws Exception {
        RowSet<Row> rows = await(connection.query("CREATE TABLE item (id int PRIMARY KEY, name text); SELECT 1; SELECT 2").execute());
        equal(rows.next().next().iterator().next().getInteger(0), 2);
    }

    private static void pipelines(PgConnection connection) throws Exception {
        List<Future<RowSet<Row>>> answers = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            answers.add(connection.preparedQuery("SELECT $1::int4 + " + n % 20).execute(Tuple.of(n)));
        }
        for (int n = 0; n < 500; n++) {
            equal(await(answers.get(n)).iterator().next().getInteger(0), n + n % 20);
        }
    }

    private static void turns() throws Exception {
        List<PgConnection> connections = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            connections.add(await(PgConnection.connect(VERTX, options())));
        }
        for (int round = 0; round < 20; round++) {
            for (int n = 0; n < 6; n++) {
                equal(one(connections.get(n), "SELECT 'client " + n + "', $1::int4", round).getString(0), "client " + n);
            }
        }
        for (PgConnection connection : connections) {
            await(connection.close());
        }
    }

    private static void errors(PgConnection connection) throws Exception {
        List<Future<RowSet<Row>>> answers = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            answers.add(connection.preparedQuery("SELECT 10 / $1::int4").execute(Tuple.of(n % 10)));
        }
        for (int n = 0; n < 100; n++) {
            if (n % 10 == 0) {
                fails("22012", answers.get(n));
            } else {
                equal(await(answers.get(n)).iterator().next().getInteger(0), 10 / (n % 10));
            }
        }
        fails("42601", connection.query("SELEC 1").execute());
        fails("42P01", connection.preparedQuery("SELECT * FROM nowhere").execute());
        equal(one(connection, "SELECT 1").getInteger(0), 1);
    }

    private static void batches(PgConnection connection) throws Exception {
        List<Tuple> rows = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            rows.add(Tuple.of(n, "row " + n));
        }
        await(connection.preparedQuery("INSERT INTO item VALUES ($1, $2)").executeBatch(rows));
        equal(one(connection, "SELECT count(*) FROM item").getLong(0), 1000L);
        fails("23505", connection.preparedQuery("INSERT INTO item VALUES ($1)").executeBatch(List.of(Tuple.of(5000), Tuple.of(1))));
        equal(one(connection, "SELECT count(*) FROM item").getLong(0), 1000L);
    }

    private static void transactions(PgConnection connection) throws Exception {
        Transaction transaction = await(connection.begin());
        await(connection.query("INSERT INTO item VALUES (6000)").execute());
        await(transaction.commit());
        transaction = await(connection.begin());
        fails("23505", connection.query("INSERT INTO item VALUES (6000)").execute());
        await(transaction.rollback().otherwiseEmpty());
        equal(one(connection, "SELECT count(*) FROM item WHERE id >= 6000").getLong(0), 1L);
    }

    private static void cursors(PgConnection connection) throws Exception {
        Transaction transaction = await(connection.begin());
        PreparedStatement statement = await(connection.prepare("SELECT generate_series(1, $1::int4)"));
        Cursor cursor = statement.cursor(Tuple.of(100));
        equal(await(cursor.read(60)).size(), 60);
        equal(cursor.hasMore(), true);
        equal(await(cursor.read(60)).size(), 40);
        await(cursor.close());
        await(statement.close());
        await(transaction.commit());
    }

    private static void notifications(PgConnection connection) throws Exception {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        connection.notificationHandler(note -> heard.add(note.getPayload()));
        PgConnection other = await(PgConnection.connect(VERTX, options()));
        for (int n = 0; n < 10; n++) {
            await(connection.query("LISTEN news").execute());
            await(other.query("NOTIFY news, '" + n + "'").execute());
            equal(Objects.requireNonNullElse(heard.poll(3, TimeUnit.SECONDS), "nothing in round " + n), "" + n);
            await(connection.query("UNLISTEN news").execute());
        }
        await(other.close());
    }

    private static void subscriber() throws Exception {
        PgSubscriber subscriber = PgSubscriber.subscriber(VERTX, options());
        await(subscriber.connect());
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        io.vertx.core.Promise<Void> subscribed = io.vertx.core.Promise.promise();
        subscriber.channel("letters").subscribeHandler(subscribed::complete).handler(heard::add);
        await(subscribed.future());
        PgConnection other = await(PgConnection.connect(VERTX, options()));
        await(other.query("NOTIFY letters, 'a'").execute());
        equal(heard.poll(3, TimeUnit.SECONDS), "a");
        await(other.close());
        await(subscriber.close());
    }

    private static void cancels(PgConnection connection) throws Exception {
        Future<RowSet<Row>> sleeping = connection.query("SELECT pg_sleep(20)").execute();
        Thread.sleep(300);
        await(connection.cancelRequest());
        fails("57014", sleeping);
        equal(one(connection, "SELECT 1").getInteger(0), 1);
    }

    private static void settings(PgConnection connection) throws Exception {
        equal(one(connection, "SELECT current_setting('search_path') || ' ' || current_setting('application_name')").getString(0), "somewhere vertx");
    }

    private static void pool() throws Exception {
        Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(8)).connectingTo(options()).using(VERTX).build();
        List<Future<RowSet<Row>>> answers = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            int number = n;
            answers.add(pool.withTransaction(connection -> connection.preparedQuery("SELECT $1::int4").execute(Tuple.of(number))));
        }
        for (int n = 0; n < 200; n++) {
            equal(await(answers.get(n)).iterator().next().getInteger(0), n);
        }
        await(pool.close());
    }
}
