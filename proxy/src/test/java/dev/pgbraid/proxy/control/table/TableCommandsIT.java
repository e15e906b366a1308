package dev.pgbraid.proxy.control.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.proxy.control.ClusterListing;
import dev.pgbraid.proxy.control.Databases;
import dev.pgbraid.proxy.control.placement.HomeShardStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.sharding.Sharding;
import dev.pgbraid.router.topology.ColocationGroup;
import dev.pgbraid.router.topology.Location;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCommandsIT {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectName USERS = new ObjectName("public", "users");
    private static final ObjectName ORDERS = new ObjectName("public", "orders");

    private final Endpoint a = PostgresCluster.shared().freshDatabase();
    private final Endpoint b = PostgresCluster.shared().freshDatabase();
    private final DatabaseConfig database = Databases.of(List.of(a, b), "");
    private final Cluster cluster = Cluster.start(database, CONNECT_TIMEOUT);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static List<String> column(Endpoint shard, String sql) {
        try (Connection connection = shard.jdbc();
                Statement statement = connection.createStatement()) {
            List<String> column = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    column.add(result.getString(1));
                }
            }
            return column;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private void atHome(String... statements) {
        for (String sql : statements) {
            column(a, sql);
        }
        cluster.catalogMayHaveChanged().join();
    }

    private TableOutcome change(TableChange change) {
        return cluster.change(new TableRequest(change, a.user(), new Cancellation()));
    }

    private static TableOutcome done(TableChange change, long epoch, Map<String, Long> arrived) {
        return new TableOutcome.Done(change, epoch, new TreeMap<>(arrived), List.of());
    }

    private TableOutcome shard(ObjectName table, String key) {
        return change(new TableChange.Shard(table, List.of(key), Optional.empty(), Optional.of(64)));
    }

    private Sharding sharding(ObjectName table) {
        Location location = cluster.current().topology().location(table);
        if (location instanceof Location.Sharded(ColocationGroup group, var _)) {
            return group.sharding();
        }
        throw new AssertionError(table + " is at " + location);
    }

    private static ShardKey key(KeyType type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (type.readText(bytes, 0, bytes.length) instanceof Proven(KeyValue value)) {
            return ShardKey.of(value);
        }
        throw new AssertionError(text);
    }

    @Test
    void rowsGoToTheShardsOfTheirKeys() {
        atHome(
                "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x',"
                        + " twice bigint GENERATED ALWAYS AS (2 * id) STORED, CHECK (id > 0))",
                "CREATE INDEX by_name ON users (name)",
                "GRANT SELECT ON users TO PUBLIC",
                "INSERT INTO users SELECT i, E'\\t\\\\' || i FROM generate_series(1, 1000) AS i");

        TableOutcome outcome = shard(USERS, "id");

        List<String> onA = column(a, "SELECT id FROM users");
        List<String> onB = column(b, "SELECT id FROM users");
        assertThat(outcome)
                .isEqualTo(done(
                        new TableChange.Shard(USERS, List.of("id"), Optional.empty(), Optional.of(64)),
                        3,
                        Map.of("b", (long) onB.size())));
        assertThat(onA.size() + onB.size()).isEqualTo(1000);
        assertThat(onB).hasSizeBetween(300, 700);
        assertThat(onA)
                .allSatisfy(id -> assertThat(
                                sharding(USERS).shardOf(key(KeyType.BIGINT, id)).orElseThrow())
                        .hasToString("a"));
        assertThat(onB)
                .allSatisfy(id -> assertThat(
                                sharding(USERS).shardOf(key(KeyType.BIGINT, id)).orElseThrow())
                        .hasToString("b"));
        assertThat(cluster.problems()).isEmpty();
        assertThat(column(b, "SELECT count(*) FROM users WHERE name = E'\\t\\\\' || id AND twice = 2 * id"))
                .containsExactly(String.valueOf(onB.size()));
        assertThat(column(b, "SELECT indexdef FROM pg_indexes WHERE tablename = 'users' ORDER BY 1"))
                .isEqualTo(column(a, "SELECT indexdef FROM pg_indexes WHERE tablename = 'users' ORDER BY 1"));
        assertThat(column(b, "SELECT relacl::text FROM pg_class WHERE relname = 'users'"))
                .isEqualTo(column(a, "SELECT relacl::text FROM pg_class WHERE relname = 'users'"));
    }

    @Test
    void colocatedTablesFollowAndSequencesPart() {
        atHome(
                "CREATE TABLE users (id bigint PRIMARY KEY)",
                "CREATE TABLE orders (id serial PRIMARY KEY, user_id int, UNIQUE (user_id, id))",
                "INSERT INTO users SELECT generate_series(1, 100)",
                "INSERT INTO orders (user_id) SELECT 1 + i % 100 FROM generate_series(1, 500) AS i");
        assertThat(shard(USERS, "id")).isInstanceOf(TableOutcome.Done.class);

        TableOutcome outcome =
                change(new TableChange.Shard(ORDERS, List.of("user_id"), Optional.of(USERS), Optional.empty()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TableOutcome.Done.class,
                        done -> assertThat(done.notices())
                                .containsExactly(
                                        "Index orders_pkey is checked on each shard alone; its numbers come from"
                                                + " sequences that are disjoint."));
        for (Endpoint each : List.of(a, b)) {
            assertThat(column(each, "SELECT user_id FROM orders EXCEPT SELECT id FROM users"))
                    .isEmpty();
            column(each, "INSERT INTO orders (user_id) SELECT 1 FROM generate_series(1, 10)");
        }
        assertThat(column(a, "SELECT id FROM orders")).doesNotContainAnyElementsOf(column(b, "SELECT id FROM orders"));
        assertThat(cluster.current().catalog().isDisjoint(new ObjectName("public", "orders_id_seq")))
                .isTrue();
        assertThat(cluster.listing())
                .isEqualTo(new ClusterListing(
                        List.of(new ClusterListing.Shard(0, "a", true), new ClusterListing.Shard(1, "b", false)),
                        List.of(listed("users", "sharded", "id"), listed("orders", "colocated", "user_id")),
                        List.of(
                                new ClusterListing.Buckets("public.users", 0, 31, "a"),
                                new ClusterListing.Buckets("public.users", 32, 63, "b"))));
    }

    private static ClusterListing.Table listed(String name, String kind, String key) {
        return new ClusterListing.Table(
                "public." + name, kind, List.of(key), Optional.of("public.users"), 64, Optional.empty());
    }

    @Test
    void whatIsCopiedOrSpreadCanBeBroughtBack() {
        atHome(
                "CREATE TABLE countries (code text PRIMARY KEY)",
                "INSERT INTO countries VALUES ('pl'), ('de'), (E'\\n')",
                "CREATE TABLE orders (id serial, user_id int)",
                "INSERT INTO orders (user_id) SELECT generate_series(1, 200)");
        ObjectName countries = new ObjectName("public", "countries");

        assertThat(change(new TableChange.Copy(countries)))
                .isEqualTo(done(new TableChange.Copy(countries), 3, Map.of("b", 3L)));
        assertThat(cluster.current().topology().location(countries)).isInstanceOf(Location.Reference.class);
        assertThat(column(b, "SELECT code FROM countries")).containsExactlyInAnyOrder("pl", "de", "\n");
        assertThat(change(new TableChange.Gather(countries)))
                .isEqualTo(done(new TableChange.Gather(countries), 5, Map.of()));
        assertThat(column(a, "SELECT count(*) FROM countries")).containsExactly("3");
        assertThat(column(b, "SELECT to_regclass('countries')")).containsExactly((String) null);

        assertThat(shard(ORDERS, "user_id")).isInstanceOf(TableOutcome.Done.class);
        assertThat(change(new TableChange.Gather(ORDERS))).isInstanceOf(TableOutcome.Done.class);
        assertThat(column(a, "SELECT count(DISTINCT user_id) FROM orders")).containsExactly("200");
        assertThat(column(a, "INSERT INTO orders (user_id) VALUES (0) RETURNING id > 200"))
                .containsExactly("t");
        assertThat(cluster.current().topology().location(ORDERS)).isInstanceOf(Location.OneShard.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE users (id int, email text UNIQUE)|id|0A000|index users_email_key is unique without the"
                        + " key [id]",
                "CREATE TABLE users (id int)|uid|42703|table public.users has no column uid",
                "CREATE TABLE users (id float)|id|0A000|the type of column id cannot be that of a key",
                "CREATE TABLE users (id boolean)|id|0A000|the hash of key column id (boolean)",
                "CREATE VIEW users AS SELECT 1 AS id|id|0A000|table public.users is no plain table, has rules",
                "CREATE TABLE other (id int)|id|42P01|relation \"public.users\" does not exist",
            })
    void whatCannotBeDoneIsRefusedAndNothingHasChanged(String make, String key, String sqlState, String message) {
        atHome(make);

        TableOutcome outcome = shard(USERS, key);

        assertThat(outcome).isInstanceOfSatisfying(TableOutcome.Refused.class, refused -> {
            assertThat(refused.message()).contains(message);
            assertThat(refused.sqlState()).isEqualTo(sqlState);
        });
        StoredTopology after = cluster.catalogMayHaveChanged().join().stored();
        assertThat(after.moved()).isZero();
        assertThat(after.held()).isEmpty();
        assertThat(column(b, "SELECT to_regclass('users')")).containsExactly((String) null);
    }

    @Test
    void aFailureOnAnyShardLeavesEverythingAsItWas() {
        atHome("CREATE TABLE users (id int)", "INSERT INTO users SELECT generate_series(1, 50)");
        column(b, "CREATE TABLE users (id int)");
        column(b, "INSERT INTO users VALUES (7)");

        assertThat(shard(USERS, "id"))
                .isInstanceOfSatisfying(
                        TableOutcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo("b: relation \"public.users\" exists and has 1 rows"));
        assertThat(column(a, "SELECT count(*) FROM users")).containsExactly("50");
        assertThat(column(b, "SELECT id FROM users")).containsExactly("7");
        assertThat(column(a, "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"))
                .isEmpty();
        assertThat(cluster.state().stored().table("public.users")).isEmpty();
    }

    /// The bucket that SQL computes is the one in which PostgreSQL's own partitions would have the row.
    @Test
    void serversAgreeAboutBuckets() throws Refusal {
        String columns = "i int, t text, u uuid, n numeric, d date";
        atHome(
                "CREATE TABLE users (" + columns + ", s timestamp, z timestamptz, c char(5), v varchar(5), g bigint)",
                "CREATE TABLE parts (" + columns + ") PARTITION BY HASH (i, t, u, n, d)",
                "INSERT INTO users SELECT nullif(x % 97, 3), nullif('text ' || x % 89, 'text 5'), gen_random_uuid(),"
                        + " nullif(x % 83 / 7.0, 0), CASE x % 5 WHEN 0 THEN 'infinity' WHEN 1 THEN '-infinity'"
                        + " ELSE date '1999-12-25' + x END, timestamp '1999-12-31' + x * interval '1 s 1 us',"
                        + " now() - x * interval '1 min', x, x, -x * 1e12::bigint FROM generate_series(1, 2000) AS x");
        String bucket = bucket(List.of("i", "t", "u", "n", "d"));

        assertThat(column(
                        a,
                        "SELECT DISTINCT satisfies_hash_partition('parts'::regclass, 64, (" + bucket
                                + ")::int, i, t, u, n, d) FROM users"))
                .containsExactly("t");
        for (String each : List.of("i", "t", "u", "n", "d", "s", "z", "c", "v", "g")) {
            atHome(
                    "DROP TABLE parts",
                    "CREATE TABLE parts AS SELECT " + each + " FROM users WITH NO DATA",
                    "ALTER TABLE parts RENAME TO plain",
                    "CREATE TABLE parts (LIKE plain) PARTITION BY HASH (" + each + ")",
                    "DROP TABLE plain");
            assertThat(column(
                            a,
                            "SELECT DISTINCT satisfies_hash_partition('parts'::regclass, 64, (" + bucket(List.of(each))
                                    + ")::int, " + each + ") FROM users"))
                    .as(each)
                    .containsExactly("t");
        }
    }

    private String bucket(List<String> key) throws Refusal {
        return BucketSql.bucket(
                NextTopology.keyColumns(USERS, key, cluster.current().catalog()), 64);
    }

    @Test
    void whatADeadProxyHasPreparedIsEndedAsItWasDecided() throws ShardFailure, StoreFailure {
        atHome("CREATE TABLE users (id int)");
        try (ShardPool home = new ShardPool(database.shards().getFirst(), database.control(), CONNECT_TIMEOUT)) {
            HomeShardStore store = new HomeShardStore(home);
            InDoubt inDoubt = new InDoubt("shop", store, Duration.ZERO);
            prepare(home, InDoubt.gid("shop", 2, "undecided") + ":a", 1);
            inDoubt.resolve(home);
            assertThat(column(a, "SELECT id FROM users")).isEmpty();

            StoredTopology stored = store.read().orElseThrow();
            assertThat(stored.epoch()).isEqualTo(2);
            prepare(home, InDoubt.gid("shop", 3, "decided") + ":a", 2);
            prepare(home, InDoubt.gid("other", 3, "decided") + ":a", 3);
            assertThat(store.append(stored.next("decided", List.of(), List.of())))
                    .isTrue();
            inDoubt.resolve(home);
            assertThat(column(a, "SELECT id FROM users")).containsExactly("2");
            home.rollbackPrepared(InDoubt.gid("other", 3, "decided") + ":a");
        }
    }

    private static void prepare(ShardPool home, String gid, int id) throws ShardFailure {
        try (ShardTransaction transaction = home.write()) {
            transaction.execute("INSERT INTO public.users VALUES (?)", id);
            transaction.prepare(gid);
        }
    }
}
