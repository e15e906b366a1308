package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tables whose keys are given their places one by one.
class DirectoryIT {
    private final Braid braid = Braid.ofFour()
            .sharded("tenants", "id")
            .set("tables.tenants.strategy", "directory")
            .set("tables.tenants.new-keys", "refuse")
            .colocated("orders", "tenant", "tenants")
            .sharded("notes", "owner")
            .set("tables.notes.strategy", "directory")
            .set("tables.notes.new-keys", "hash");

    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
        client.query("CREATE TABLE tenants (id bigint PRIMARY KEY, name text)");
        client.query("CREATE TABLE orders (tenant bigint REFERENCES tenants, n int, PRIMARY KEY (tenant, n))");
        client.query("CREATE TABLE notes (owner text, words text)");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private List<String> error(String sql) {
        return Answers.errors(client.query(sql));
    }

    private List<String> ids(String shard) {
        return braid.on(shard, "SELECT id FROM tenants ORDER BY id");
    }

    @Test
    void aKeyNeedsAPlaceBeforeItHasRows() {
        assertThat(error("INSERT INTO tenants VALUES (1, 'a')")).hasSize(1);
        assertThat(error("SELECT pgbraid.place_key('tenants', 1, 'two')")).isEmpty();
        assertThat(error("INSERT INTO tenants VALUES (1, 'a')")).isEmpty();

        assertThat(ids("two")).containsExactly("1");
        assertThat(client.column("SELECT name FROM tenants WHERE id = 1")).containsExactly("a");
        assertThat(error("INSERT INTO tenants VALUES (2, 'b')")).hasSize(1);
        assertThat(client.column("SELECT table_name || ' ' || key || ' ' || shard FROM pgbraid.directory"))
                .containsExactly("public.tenants 1 two");
        assertThat(Answers.rows(client.query("SHOW pgbraid.directory")))
                .containsExactly(List.of("public.tenants", "1", "two"));
    }

    @Test
    void withoutAShardTheOneWithTheFewestKeysIsTaken() {
        for (int id = 1; id <= 8; id++) {
            assertThat(error("SELECT pgbraid.place_key('tenants', " + id + ")")).isEmpty();
        }
        assertThat(client.column("SELECT count(*) FROM pgbraid.directory GROUP BY shard"))
                .containsExactly("2", "2", "2", "2");
    }

    @Test
    void theRowsOfAKeyMoveWithThoseOfColocatedTables() {
        for (int id = 1; id <= 2; id++) {
            client.query("SELECT pgbraid.place_key('tenants', " + id + ", 'two')");
            client.query("INSERT INTO tenants VALUES (" + id + ", 'tenant " + id + "')");
            client.query("INSERT INTO orders VALUES (" + id + ", 1), (" + id + ", 2)");
        }

        assertThat(client.column("SELECT pgbraid.place_key('tenants', '1', 'three')"))
                .singleElement()
                .asString()
                .startsWith("key 1 of public.tenants is on shard three from epoch");

        assertThat(ids("two")).containsExactly("2");
        assertThat(ids("three")).containsExactly("1");
        assertThat(braid.on("three", "SELECT tenant FROM orders")).containsExactly("1", "1");
        assertThat(client.column("SELECT name || n FROM tenants JOIN orders ON tenant = id WHERE id = 1 ORDER BY n"))
                .containsExactly("tenant 11", "tenant 12");
        assertThat(client.column("SELECT id FROM tenants ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void keysWithoutAPlaceAreWhereTheirHashIs() {
        client.query("INSERT INTO notes VALUES ('a', 'x')");
        client.query("INSERT INTO notes VALUES ('b', 'y')");
        List<String> before = client.column("SELECT words FROM notes WHERE owner = 'a'");

        for (String shard : Braid.NAMES) {
            assertThat(error("SELECT pgbraid.place_key('notes', 'a', '" + shard + "')"))
                    .isEmpty();
            assertThat(braid.on(shard, "SELECT words FROM notes WHERE owner = 'a'"))
                    .isEqualTo(before);
            assertThat(client.column("SELECT words FROM notes WHERE owner = 'a'"))
                    .isEqualTo(before);
        }
        assertThat(client.column("SELECT words FROM notes ORDER BY words")).containsExactly("x", "y");
    }

    @Test
    void whatCannotBePlacedIsRefused() {
        client.query("CREATE TABLE plain (id bigint)");

        assertThat(error("SELECT pgbraid.place_key('plain', 1, 'two')")).containsExactly("0A000");
        assertThat(error("SELECT pgbraid.place_key('tenants', 1, 'nowhere')")).containsExactly("22023");
        assertThat(error("SELECT pgbraid.place_key('tenants', 'x', 'two')")).containsExactly("22P02");
        assertThat(client.column("SELECT count(*) FROM pgbraid.directory")).containsExactly("0");
    }

    /// One proxy moves a key about, and another one, which hears of it later, changes its row all the time.
    @Test
    void noChangeIsLostThatAnotherProxyMakes() {
        client.query("SELECT pgbraid.place_key('tenants', 1, 'two')");
        client.query("INSERT INTO tenants VALUES (1, 'a')");
        client.query("INSERT INTO orders VALUES (1, 0)");
        AtomicBoolean isOver = new AtomicBoolean();
        List<String> unexpected = new ArrayList<>();
        int[] done = {0};
        try (ProxyServer other = ProxyServer.start(braid.setup().config())) {
            Endpoint through = proxy.endpoint().at("127.0.0.1", other.port());
            Thread writer = Thread.ofVirtual().start(() -> {
                try (WireClient second = WireClient.login(through)) {
                    while (!isOver.get()) {
                        List<String> errors =
                                Answers.errors(second.query("UPDATE orders SET n = n + 1 WHERE tenant = 1"));
                        done[0] += errors.isEmpty() ? 1 : 0;
                        errors.stream().filter(error -> !error.equals("40001")).forEach(unexpected::add);
                    }
                }
            });
            for (String shard : List.of("three", "four", "one", "two", "three")) {
                assertThat(error("SELECT pgbraid.place_key('tenants', 1, '" + shard + "')"))
                        .isEmpty();
            }
            isOver.set(true);
            join(writer);
        }
        assertThat(unexpected).isEmpty();
        assertThat(done[0]).isPositive();
        assertThat(braid.on("three", "SELECT n FROM orders")).containsExactly(Integer.toString(done[0]));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }
}
