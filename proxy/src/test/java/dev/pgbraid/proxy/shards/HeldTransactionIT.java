package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A transaction is on no shard before a statement says which.
class HeldTransactionIT {
    private static final String ON_ONE = "/* pgbraid: shard=one */ ";
    private static final String ON_TWO = "/* pgbraid: shard=two */ ";

    private final Endpoint one = PostgresCluster.shared().freshDatabase();
    private final Endpoint two = PostgresCluster.shared().freshDatabase();
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = setup().start();
        client = proxy.login();
        client.query(ON_ONE + "CREATE TABLE t (v text)");
        client.query(ON_TWO + "CREATE TABLE t (v text)");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private ProxyFixture.Setup setup() {
        return Braid.of(one, two);
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }

    private String says(String sql) {
        return Answers.text(client.query(sql));
    }

    private static FrontendMessage[] extended(String... texts) {
        List<FrontendMessage> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(new Parse(ByteString.EMPTY, ByteString.utf8(text), List.of()));
            messages.add(new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of()));
            messages.add(new Describe(Target.PORTAL, ByteString.EMPTY));
            messages.add(new Execute(ByteString.EMPTY, 0));
        }
        messages.add(new Sync());
        return messages.toArray(FrontendMessage[]::new);
    }

    @Test
    void runsOnTheShardOfItsFirstStatement() {
        assertThat(says("BEGIN")).isEqualTo("BEGIN IN_TRANSACTION");
        assertThat(says(ON_TWO + "INSERT INTO t VALUES ('x')")).isEqualTo("INSERT 0 1 IN_TRANSACTION");
        assertThat(says("COMMIT")).isEqualTo("COMMIT IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("1");
        assertThat(client.value(ON_ONE + "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void rollsBack() {
        says("START TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        assertThat(client.value(ON_TWO + "SELECT current_setting('transaction_isolation')"))
                .isEqualTo("serializable");
        says(ON_TWO + "INSERT INTO t VALUES ('x')");
        assertThat(says("ROLLBACK")).isEqualTo("ROLLBACK IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void needsNoShardAtAll() {
        assertThat(says("start transaction")).isEqualTo("START TRANSACTION IN_TRANSACTION");
        assertThat(says("SAVEPOINT a")).isEqualTo("SAVEPOINT IN_TRANSACTION");
        assertThat(says("COMMIT")).isEqualTo("COMMIT IDLE");
        client.send(extended("BEGIN", "ROLLBACK"));
        assertThat(Answers.text(client.readUntilReady())).isEqualTo("BEGIN ROLLBACK IDLE");
    }

    @Test
    void movesToAnotherShardWithWhatItHasSet() {
        says("BEGIN");
        assertThat(says("SET LOCAL application_name = 'moved'")).isEqualTo("SET IN_TRANSACTION");
        assertThat(says("SAVEPOINT a")).isEqualTo("SAVEPOINT IN_TRANSACTION");
        assertThat(client.value(ON_TWO + "SELECT current_setting('application_name')"))
                .isEqualTo("moved");
        assertThat(says("ROLLBACK TO a")).isEqualTo("ROLLBACK IN_TRANSACTION");
        says("COMMIT");
        assertThat(client.value("SHOW application_name")).isEmpty();
    }

    @Test
    void refusesToWriteOnASecondShardAndFails() {
        says("BEGIN");
        says(ON_TWO + "INSERT INTO t VALUES ('x')");
        assertThat(says(ON_ONE + "INSERT INTO t VALUES ('x')")).isEqualTo("0A000 FAILED");
        assertThat(says(ON_TWO + "SELECT 1")).isEqualTo("25P02 FAILED");
        assertThat(says("COMMIT")).isEqualTo("ROLLBACK IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void failsWithoutAShardToo() {
        says("BEGIN");
        says("SAVEPOINT a");
        assertThat(says("/* pgbraid: shard=three */ SELECT 1")).isEqualTo("22023 FAILED");
        assertThat(says("SELECT 1")).isEqualTo("25P02 FAILED");
        assertThat(says("ROLLBACK TO a")).isEqualTo("ROLLBACK IN_TRANSACTION");
        assertThat(says(ON_TWO + "INSERT INTO t VALUES ('x')")).isEqualTo("INSERT 0 1 IN_TRANSACTION");
        assertThat(says("COMMIT")).isEqualTo("COMMIT IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void beginsInTheBatchOfItsFirstStatement() {
        client.send(extended("BEGIN", ON_TWO + "INSERT INTO t VALUES ('x')"));
        assertThat(Answers.text(client.readUntilReady())).isEqualTo("BEGIN INSERT 0 1 IN_TRANSACTION");
        client.send(extended("COMMIT"));
        assertThat(Answers.text(client.readUntilReady())).isEqualTo("COMMIT IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void pipelinesGoFromShardToShard() {
        List<FrontendMessage> messages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            messages.addAll(List.of(extended((i % 2 == 0 ? ON_ONE : ON_TWO) + "INSERT INTO t VALUES ('x')")));
        }
        client.send(messages.toArray(FrontendMessage[]::new));
        for (int i = 0; i < 20; i++) {
            assertThat(Answers.text(client.readUntilReady())).isEqualTo("INSERT 0 1 IDLE");
        }
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("10");
        assertThat(client.value(ON_ONE + "SELECT count(*) FROM t")).isEqualTo("10");
    }

    @Test
    void isLeftAloneLikeAnyOther() {
        WireClient failed = proxy.login();
        WireClient idle = proxy.login();
        says("BEGIN");
        failed.query("BEGIN");
        failed.query("/* pgbraid: shard=three */ SELECT 1");
        proxy.reload(setup().set("timeouts.client-idle", "1h").set("timeouts.idle-transaction", "300ms"));
        assertThat(Answers.errors(client.readUntilEnd())).containsExactly("25P03");
        assertThat(Answers.errors(failed.readUntilEnd())).containsExactly("25P03");
        assertThat(idle.value(ON_TWO + "SELECT 1")).isEqualTo("1");
    }

    /// Its time runs from its BEGIN on, and anew for the next one.
    @Test
    void lastsAsLongAsAnyOther() {
        WireClient busy = proxy.login();
        proxy.reload(setup().set("timeouts.transaction", "2s"));
        says("BEGIN");
        List<BackendMessage> answer = List.of();
        while (Answers.errors(answer).isEmpty()) {
            busy.query("BEGIN");
            busy.query(ON_TWO + "SELECT pg_sleep(0.1)");
            busy.query("COMMIT");
            client.send(query("SAVEPOINT a"));
            answer = client.readUntilReadyOrEnd();
        }
        assertThat(Answers.errors(answer)).containsExactly("25P04");
        assertThat(Answers.errors(busy.query("BEGIN"))).isEmpty();
    }

    @Test
    void aBatchKeepsToOneShard() {
        client.send(extended(ON_TWO + "INSERT INTO t VALUES ('x')", ON_ONE + "INSERT INTO t VALUES ('x')"));
        assertThat(Answers.text(client.readUntilReady())).isEqualTo("INSERT 0 1 0A000 IDLE");
        assertThat(client.value(ON_TWO + "SELECT count(*) FROM t")).isEqualTo("0");
    }
}
