package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sessions that work while somebody says that a table is to be elsewhere.
class PlacementChangeIT {
    private static final String HOME = "four";
    private static final String SHARD = "SELECT pgbraid.shard_table('users', 'id')";

    private static final String BACK = "SELECT pgbraid.home_table('users')";

    private final Braid braid = Braid.ofFour();
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = braid.start();
        client = proxy.login();
        client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
        client.query("CREATE TABLE notes (id bigint PRIMARY KEY)");
        client.query("INSERT INTO users SELECT i, 'user ' || i FROM generate_series(1, 100) AS i");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    /// Begins a change that waits for the table, on which `holder` works.
    private void beginChangeBehind(WireClient holder) {
        holder.query("BEGIN");
        holder.query("LOCK TABLE users IN ACCESS SHARE MODE");
        client.send(new Query(ByteString.utf8(SHARD)));
        Eventually.isTrue(
                "the change waits for the table",
                () -> braid.on(HOME, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'users'::regclass")
                        .equals(List.of("1")));
    }

    @Test
    void statementsForTheTableWaitAndOthersDoNot() {
        try (WireClient holder = braid.login(HOME)) {
            beginChangeBehind(holder);
            WireClient reader = proxy.login();
            WireClient canceled = proxy.login();
            reader.send(new Query(ByteString.utf8("SELECT name FROM users WHERE id = 5")));
            canceled.send(new Query(ByteString.utf8("DELETE FROM users WHERE id = 6")));

            assertThat(proxy.login().column("SELECT count(*) FROM notes")).containsExactly("0");
            canceled.cancel();
            assertThat(Answers.errors(canceled.readUntilReady())).containsExactly("57014");
            assertThat(reader.isSilent()).isTrue();
            holder.query("ROLLBACK");
            assertThat(Answers.errors(client.readUntilReady())).isEmpty();
            assertThat(Answers.column(reader.readUntilReady())).containsExactly("user 5");
        }
        assertThat(client.column("SELECT name FROM users WHERE id = 6")).containsExactly("user 6");
    }

    @Test
    void whoHasBegunATransactionIsToldToRepeatIt() {
        try (WireClient holder = braid.login(HOME)) {
            beginChangeBehind(holder);
            WireClient reader = proxy.login();
            reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
            assertThat(reader.column("SELECT count(*) FROM notes")).containsExactly("0");
            assertThat(Answers.errors(reader.query("SELECT name FROM users WHERE id = 5")))
                    .containsExactly("55P03");
            reader.query("ROLLBACK");
            reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
            assertThat(reader.column("SELECT count(*) FROM notes")).containsExactly("0");

            holder.query("ROLLBACK");
            assertThat(Answers.errors(client.readUntilReady())).isEmpty();
            assertThat(Answers.errors(reader.query("SELECT name FROM users WHERE id = 5")))
                    .containsExactly("40001");
            reader.query("ROLLBACK");
            assertThat(reader.column("SELECT name FROM users WHERE id = 5")).containsExactly("user 5");
        }
    }

    /// Who moves a table has stored that it is held, and is gone: any proxy lets it be used again.
    @Test
    void aTableThatSomebodyHasLeftHeldIsReleased() {
        assertThat(Answers.errors(client.query(SHARD))).isEmpty();
        long held = 1 + Long.parseLong(client.value("SELECT max(epoch) FROM pgbraid.placement"));

        assertThat(braid.on(HOME, """
            INSERT INTO pgbraid.placement (epoch, topology)
            SELECT epoch + 1, topology || jsonb_build_object('epoch', epoch + 1, 'held', topology -> 'tables' -> 0)
            FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1 RETURNING epoch\
            """)).containsExactly(Long.toString(held));
        braid.on(HOME, "NOTIFY pgbraid, 'placement'");

        Eventually.isTrue(
                "another epoch follows",
                () -> Long.parseLong(client.value("SELECT max(epoch) FROM pgbraid.placement")) > held);
        assertThat(client.column("SELECT topology ? 'held' FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1"))
                .containsExactly("f");
        assertThat(client.column("SELECT count(*) FROM users")).containsExactly("100");
        assertThat(client.column("SELECT name FROM users WHERE id = 5")).containsExactly("user 5");
    }

    /// A session that a temporary table ties to its connection moves on with it.
    @Test
    void aSessionKeepsItsTemporaryTable() {
        WireClient tied = proxy.login();
        tied.query("CREATE TEMPORARY TABLE mine AS SELECT 7 AS seven");

        assertThat(Answers.errors(client.query("SELECT pgbraid.shard_table('notes', 'id')")))
                .isEmpty();
        assertThat(tied.column("SELECT seven FROM mine")).containsExactly("7");
    }

    /// What a proxy leaves connected that sleeps through a change cannot do harm when it wakes up.
    @Test
    void aConnectionThatStaysBehindIsEnded() {
        try (WireClient sleeper = braid.login(HOME)) {
            long known = Long.parseLong(sleeper.value("SELECT pgbraid.join(0)"));
            sleeper.query("SELECT pgbraid.join(" + known + ")");

            assertThat(Answers.errors(client.query(SHARD))).isEmpty();
            sleeper.awaitEnd();
            try (WireClient next = braid.login(HOME)) {
                assertThat(next.column("SELECT pgbraid.join(" + known + ") > " + known))
                        .containsExactly("t");
            }
        }
    }

    /// One proxy puts a table here and there, and another one, which hears of it later, uses the table all the time.
    @Test
    void noRowIsLostAndNoneIsOnAWrongShard() {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger(1000);
        Set<Integer> written = new ConcurrentSkipListSet<>();
        Set<Integer> uncertain = new ConcurrentSkipListSet<>();
        List<String> wrong = new ArrayList<>();
        try (ProxyServer other = ProxyServer.start(braid.setup().config())) {
            Endpoint through = proxy.endpoint().at("127.0.0.1", other.port());
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean inTransactions = i == 0;
                writers.add(Thread.ofVirtual().start(() -> {
                    Writer writer = new Writer(through, next, written, uncertain);
                    while (!isOver.get()) {
                        writer.write(inTransactions).ifPresent(wrong::add);
                    }
                    writer.close();
                }));
            }
            for (String change : List.of(SHARD, BACK, SHARD, BACK, SHARD)) {
                int before = written.size();
                Eventually.isTrue("rows are written", () -> written.size() > before + 20);
                assertThat(Answers.errors(client.query(change))).isEmpty();
            }
            isOver.set(true);
            writers.forEach(PlacementChangeIT::join);
        }
        assertThat(wrong).isEmpty();
        assertThatAllAreThere(written, uncertain);
    }

    /// Every row that was written is there once, and found by its key.
    private void assertThatAllAreThere(Set<Integer> written, Set<Integer> uncertain) {
        List<Integer> found = braid.onAll("SELECT id FROM users WHERE id >= 1000").stream()
                .map(Integer::valueOf)
                .toList();
        assertThat(found).doesNotHaveDuplicates().containsAll(written);
        for (int id : found) {
            assertThat(written.contains(id) || uncertain.contains(id)).isTrue();
            assertThat(client.column("SELECT id FROM users WHERE id = " + id)).containsExactly(String.valueOf(id));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }
}
