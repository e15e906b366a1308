package dev.pgbraid.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.postgres.StopMode;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final String USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL)";
    private static final String USERS_ARE_SHARDED = "tables: {users: {key: [id]}, countries: {kind: reference}}";

    private final Endpoint a = PostgresCluster.shared().freshDatabase();
    private final Endpoint b = PostgresCluster.shared().freshDatabase();

    private Cluster start(String more) {
        return Cluster.start(Databases.of(List.of(a, b), more), CONNECT_TIMEOUT);
    }

    private static void run(Endpoint shard, String... statements) {
        try (Connection connection = shard.jdbc();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void runOnBoth(String... statements) {
        run(a, statements);
        run(b, statements);
    }

    private static ObjectName named(String name) {
        return new ObjectName("public", name);
    }

    private static Relation relation(Cluster cluster, String name) {
        return cluster.current().catalog().relation(named(name)).orElseThrow();
    }

    private void makeShop() {
        runOnBoth(
                "CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0)",
                "CREATE TYPE mood AS ENUM ('good', 'bad')",
                "CREATE TABLE countries (code char(2) COLLATE \"C\" PRIMARY KEY)",
                "CREATE TABLE users (id bigserial PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, n positive,"
                        + " name varchar(10) DEFAULT 'x', twice text GENERATED ALWAYS AS (name || name) STORED,"
                        + " since timestamptz DEFAULT now(), chance float DEFAULT random(), how mood,"
                        + " UNIQUE (name, n), country char(2) REFERENCES countries)",
                "CREATE UNIQUE INDEX partly ON users (name) WHERE n > 5",
                "CREATE VIEW names AS SELECT name FROM users",
                "CREATE FUNCTION twice(i int, OUT r int) LANGUAGE sql STABLE AS 'SELECT 2 * i'");
    }

    private static ColumnDefault defaultOf(Relation relation, String column) {
        return relation.column(column).orElseThrow().defaultValue().orElseThrow();
    }

    @Test
    void theCatalogSaysWhatColumnsAre() {
        makeShop();
        try (Cluster cluster = start(USERS_ARE_SHARDED)) {
            Relation users = relation(cluster, "users");

            assertThat(users.columns())
                    .extracting(Column::name)
                    .containsExactly("id", "number", "n", "name", "twice", "since", "chance", "how", "country");
            assertThat(users.columns()).extracting(Column::notNull).startsWith(true, true, true, false);
            assertThat(defaultOf(users, "id"))
                    .isEqualTo(new ColumnDefault(
                            ColumnDefault.Kind.DEFAULT,
                            "nextval('public.users_id_seq'::regclass)",
                            Volatility.VOLATILE,
                            List.of(named("users_id_seq"))));
            assertThat(defaultOf(users, "number"))
                    .isEqualTo(new ColumnDefault(
                            ColumnDefault.Kind.IDENTITY_ALWAYS,
                            "",
                            Volatility.VOLATILE,
                            List.of(named("users_number_seq"))));
            assertThat(Stream.of("name", "twice", "since", "chance")
                            .map(name -> defaultOf(users, name).volatility()))
                    .containsExactly(
                            Volatility.IMMUTABLE, Volatility.IMMUTABLE, Volatility.STABLE, Volatility.VOLATILE);
            assertThat(defaultOf(users, "twice").kind()).isEqualTo(ColumnDefault.Kind.GENERATED);
            assertThat(relation(cluster, "countries").columns().getFirst().collation())
                    .isEqualTo(KeyCollation.BYTES);
        }
    }

    @Test
    void theCatalogSaysWhatElseThereIs() {
        makeShop();
        try (Cluster cluster = start(USERS_ARE_SHARDED)) {
            Catalog catalog = cluster.current().catalog();
            Relation users = relation(cluster, "users");

            assertThat(users.kind()).isEqualTo(Relation.Kind.TABLE);
            assertThat(users.uniqueIndexes())
                    .extracting(index -> index.columns(), index -> index.primary())
                    .containsExactlyInAnyOrder(
                            tuple(List.of("id"), true),
                            tuple(List.of("name", "n"), false),
                            tuple(List.of("name"), false));
            assertThat(users.foreignKeys())
                    .extracting(key -> key.target(), key -> key.columns(), key -> key.targetColumns())
                    .containsExactly(tuple(named("countries"), List.of("country"), List.of("code")));
            assertThat(users.difference()).isEmpty();
            assertThat(relation(cluster, "names").definition().orElseThrow()).contains("FROM public.users");
            assertThat(catalog.functions(named("twice")))
                    .extracting(Function::volatility, Function::outputs, Function::language)
                    .containsExactly(tuple(Volatility.STABLE, List.of("r"), "sql"));
            assertThat(catalog.type(named("positive")).orElseThrow())
                    .returns(DataType.Kind.DOMAIN, DataType::kind)
                    .returns(23, DataType::base);
            assertThat(catalog.functions(ObjectName.builtIn("now")))
                    .extracting(Function::volatility)
                    .containsExactly(Volatility.STABLE);
            assertThat(catalog.relation(ObjectName.builtIn("pg_class"))).isPresent();
            assertThat(catalog.hasSchema("pgbraid")).isFalse();
            assertThat(cluster.problems()).isEmpty();
        }
    }

    @Test
    void whatIsDeclaredIsWhereItIsDeclared() {
        runOnBoth(USERS);
        run(a, "CREATE TABLE settings (id int)");
        runOnBoth("CREATE SCHEMA tenant");
        run(b, "CREATE TABLE tenant.notes (id int)");
        try (Cluster cluster = start("schemas: {tenant: {shard: b}}\n" + USERS_ARE_SHARDED)) {
            Snapshot snapshot = cluster.current();

            assertThat(snapshot.topology().location(named("users"))).isInstanceOf(Location.Sharded.class);
            assertThat(snapshot.topology().location(named("countries"))).isInstanceOf(Location.Reference.class);
            assertThat(relation(cluster, "settings").difference()).isEmpty();
            assertThat(snapshot.catalog().relation(new ObjectName("tenant", "notes")))
                    .isPresent();
            assertThat(cluster.problems()).isEmpty();
        }
    }

    @Test
    void tablesThatDifferAreMarked() {
        runOnBoth("CREATE TYPE mood AS ENUM ('good')", "CREATE TABLE countries (code text)");
        run(a, "ALTER TYPE mood ADD VALUE 'bad'");
        run(a, "CREATE TABLE users (id bigint PRIMARY KEY, email text, how mood)");
        run(b, "CREATE TABLE users (id int, how mood, extra text)");
        run(a, "CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'");
        run(b, "CREATE FUNCTION f() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1'");
        try (Cluster cluster = start(USERS_ARE_SHARDED)) {
            assertThat(relation(cluster, "users").difference().orElseThrow())
                    .isEqualTo("has column id as bigint NOT NULL on a and as integer on b, has no column email on b,"
                            + " has no column extra on a, has other unique indexes on b,"
                            + " has a column of type public.mood, whose values differ");
            assertThat(cluster.current().catalog().functions(named("f")))
                    .extracting(Function::volatility)
                    .containsExactly(Volatility.VOLATILE);
            assertThat(cluster.problems())
                    .contains(
                            "type public.mood: has the values [good, bad] on a and [good] on b",
                            "function public.f(): is IMMUTABLE on a and VOLATILE on b")
                    .anyMatch(problem -> problem.startsWith("table public.users: has column id"));

            run(b, "DROP TABLE users");
            Eventually.isTrue(
                    "the table is missed",
                    () -> relation(cluster, "users").difference().orElse("").startsWith("is missing on b"));
            run(
                    b,
                    "CREATE TABLE users (id bigint PRIMARY KEY, email text, how mood)",
                    "ALTER TYPE mood ADD VALUE 'bad'");
            Eventually.isTrue(
                    "nothing differs any more",
                    () -> relation(cluster, "users").difference().isEmpty());
        }
    }

    @Test
    void sequencesAreDisjointWhenNoShardTakesTheNumbersOfAnother() {
        run(a, "CREATE SEQUENCE alike", "CREATE SEQUENCE apart INCREMENT BY 2 START WITH 1");
        run(b, "CREATE SEQUENCE alike", "CREATE SEQUENCE apart INCREMENT BY 2 START WITH 2");
        try (Cluster cluster = start("")) {
            assertThat(cluster.current().catalog().isDisjoint(named("alike"))).isFalse();
            assertThat(cluster.current().catalog().isDisjoint(named("apart"))).isTrue();
        }
    }

    @Test
    void aChangeThatIsToldIsInTheAnswer() {
        runOnBoth(USERS);
        try (Cluster cluster = start(USERS_ARE_SHARDED);
                Cluster other = start(USERS_ARE_SHARDED)) {
            LinkedBlockingQueue<ClusterState> news = new LinkedBlockingQueue<>();
            other.listen(news::add);
            runOnBoth("ALTER TABLE users ADD COLUMN age int");
            Snapshot after = cluster.catalogMayHaveChanged().join().snapshot();

            assertThat(after.catalog().relation(named("users")).orElseThrow().indexOf("age"))
                    .isEqualTo(2);
            Eventually.isTrue(
                    "another proxy hears of it",
                    () -> news.stream()
                            .anyMatch(state -> state.snapshot()
                                            .catalog()
                                            .relation(named("users"))
                                            .orElseThrow()
                                            .indexOf("age")
                                    == 2));
        }
    }

    @Test
    void temporaryTablesAreNobodyElsesBusiness() throws SQLException {
        runOnBoth(USERS);
        try (Cluster cluster = start(USERS_ARE_SHARDED);
                Connection connection = a.jdbc();
                Statement statement = connection.createStatement()) {
            ClusterState before = cluster.catalogMayHaveChanged().join();
            statement.execute("CREATE TEMP TABLE scratch (id serial PRIMARY KEY, t text DEFAULT 'x')");

            assertThat(cluster.catalogMayHaveChanged().join()).isSameAs(before);
        }
    }

    @Test
    void twoProxiesCanStartAtOnce() {
        List<CompletableFuture<Cluster>> starts = Stream.of(1, 2, 3)
                .map(_ -> CompletableFuture.supplyAsync(() -> start(USERS_ARE_SHARDED)))
                .toList();
        List<Cluster> clusters = starts.stream().map(CompletableFuture::join).toList();

        assertThat(clusters).allSatisfy(cluster -> {
            assertThat(cluster.state().stored())
                    .isEqualTo(clusters.getFirst().state().stored());
            assertThat(cluster.state().stored().epoch()).isEqualTo(1);
        });
        clusters.forEach(Cluster::close);
    }

    @Test
    void aFileThatContradictsWhatIsStoredIsRefused() {
        start(USERS_ARE_SHARDED).close();

        assertThatThrownBy(() -> start("tables: {users: {key: [id], strategy: modulo}}"))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("public.users: strategy is MODULO in the file, but stored is HASH");
    }

    @Test
    void aShardThatIsAwayStaysAsItWas() {
        run(a, USERS);
        try (PostgresServer server = PostgresCluster.ownServer(Map.of())) {
            Endpoint second = databaseOn(server);
            try (Cluster cluster =
                    Cluster.start(Databases.of(List.of(a, second), USERS_ARE_SHARDED), CONNECT_TIMEOUT)) {
                assertThat(relation(cluster, "users").difference()).contains("is missing on b");
                server.stop(StopMode.FAST);
                Eventually.isTrue(
                        "it is missed",
                        () -> cluster.problems().stream().anyMatch(problem -> problem.startsWith("b: ")));
                run(a, "ALTER TABLE users ADD COLUMN age int");
                Snapshot after = cluster.catalogMayHaveChanged().join().snapshot();

                assertThat(after.catalog()
                                .relation(named("users"))
                                .orElseThrow()
                                .difference())
                        .contains("is missing on b");
                server.start();
                run(second, USERS, "ALTER TABLE users ADD COLUMN age int");
                Eventually.isTrue(
                        "it is read again",
                        () -> relation(cluster, "users").difference().isEmpty());
            }
        }
    }

    @Test
    void aProxyStartsWhileTheHomeShardIsAway(@TempDir Path directory) {
        run(b, USERS);
        try (PostgresServer server = PostgresCluster.ownServer(Map.of())) {
            Endpoint home = databaseOn(server);
            run(home, USERS);
            DatabaseConfig database = Databases.of(List.of(home, b), ", directory: " + directory, USERS_ARE_SHARDED);
            Cluster.start(database, CONNECT_TIMEOUT).close();
            server.stop(StopMode.FAST);
            try (Cluster cluster = Cluster.start(database, CONNECT_TIMEOUT)) {
                assertThat(cluster.state().stored().epoch()).isEqualTo(1);
                assertThat(cluster.current().topology().location(named("users")))
                        .isInstanceOf(Location.Sharded.class);
                assertThat(cluster.problems()).anyMatch(problem -> problem.startsWith("the placement cannot be read"));

                server.start();
                run(home, "CREATE TABLE settings (id int)");
                Eventually.isTrue(
                        "the home shard is read",
                        () -> cluster.current()
                                .catalog()
                                .relation(named("settings"))
                                .isPresent());
                Eventually.isTrue(
                        "all is well",
                        () -> cluster.problems().isEmpty(),
                        () -> cluster.problems().toString());
            }
        }
    }

    @Test
    void withoutACopyTheStartSaysWhatIsMissing() {
        Endpoint nobody = a.at("127.0.0.1", 1);
        DatabaseConfig database = Databases.of(List.of(nobody, nobody), ", start-timeout: 1s", USERS_ARE_SHARDED);

        assertThatThrownBy(() -> Cluster.start(database, Duration.ofMillis(300)))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("database shop: its catalog and placement are not known after 1 s: ")
                .hasMessageContaining("a: Connection to 127.0.0.1:1 refused");
    }

    /// A database on a server of its own, with the user of the others.
    private Endpoint databaseOn(PostgresServer server) {
        Endpoint administrator = Endpoint.of(server.start());
        run(
                administrator,
                "CREATE ROLE " + a.user() + " LOGIN PASSWORD '" + a.password().replace("'", "''") + "'",
                "CREATE DATABASE shop OWNER " + a.user());
        return administrator.withDatabase("shop").withUser(a.user(), a.password());
    }
}
