package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A statement that no shard has been sent yet is canceled like any other, and nothing else is.
class ShardedCancelIT {
    private static final String ON_ONE = "/* pgbraid: shard=one */ ";
    private static final String ON_TWO = "/* pgbraid: shard=two */ ";
    private static final String NAP = "SELECT pg_sleep(60)";

    /// Texts that take so long to read that others have to wait, and how many of them there are.
    private static final String LONG = "SELECT 1 WHERE 1 IN (" + "1, ".repeat(200_000) + "1) -- ";

    private static final int CROWD = 16;

    private final Endpoint one = PostgresCluster.shared().freshDatabase();
    private final Endpoint two = PostgresCluster.shared().freshDatabase();
    private ProxyFixture proxy;
    private WireClient client;

    @BeforeEach
    void start() {
        proxy = Braid.of(one, two).set("pools.size-max", 2).start();
        client = proxy.login();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    /// Lets many texts be read first.
    private void crowd() {
        for (int i = 0; i < CROWD; i++) {
            proxy.login().send(query(LONG + i));
        }
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }

    private static FrontendMessage[] extended(String sql) {
        return new FrontendMessage[] {
            new Parse(ByteString.EMPTY, ByteString.utf8(sql), List.of()),
            new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of()),
            new Execute(ByteString.EMPTY, 0),
            new Sync()
        };
    }

    private void assertCanceledAhead(List<BackendMessage> answer) {
        assertThat(Answers.errors(answer)).containsExactly("57014");
        assertThat(answer)
                .filteredOn(ErrorResponse.class::isInstance)
                .allMatch(error -> error.toString().contains("No server had been sent it yet."));
    }

    @Test
    void whileItsTextIsRead() {
        crowd();
        client.send(query(NAP));
        client.cancel();
        assertCanceledAhead(client.readUntilReady());
        client.send(extended(NAP));
        client.cancel();
        assertCanceledAhead(client.readUntilReady());
        assertThat(client.value(ON_TWO + "SELECT current_database()")).isEqualTo(two.database());
    }

    @Test
    void whileItsTextIsReadInATransaction() {
        client.query("BEGIN");
        client.query(ON_TWO + "SELECT 1");
        crowd();
        client.send(query(NAP));
        client.cancel();
        assertCanceledAhead(client.readUntilReady());
        assertThat(Answers.errors(client.query("SELECT 1"))).containsExactly("25P02");
        client.query("ROLLBACK");
        assertThat(client.value(ON_ONE + "SELECT current_database()")).isEqualTo(one.database());
    }

    @Test
    void whileATransactionIsOnNoShard() {
        client.query("BEGIN");
        crowd();
        client.send(query(NAP));
        client.cancel();
        assertCanceledAhead(client.readUntilReady());
        assertThat(Answers.errors(client.query(ON_ONE + "SELECT 1"))).containsExactly("25P02");
        client.query("ROLLBACK");
        assertThat(client.value(ON_ONE + "SELECT current_database()")).isEqualTo(one.database());
    }

    /// The one that runs is what the client means, not the one behind it.
    @Test
    void butNotBehindOneThatRuns() {
        crowd();
        client.query(ON_TWO + "SELECT 1");
        client.send(query(ON_TWO + NAP), query(ON_TWO + "SELECT current_database() WHERE 7 = 7"));
        client.cancel();
        assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        assertThat(Answers.column(client.readUntilReady())).containsExactly(two.database());
    }

    @Test
    void whileItWaitsForABackend() {
        List<WireClient> holders = List.of(proxy.login(), proxy.login());
        holders.forEach(holder -> holder.query("BEGIN; " + ON_TWO + "SELECT 1"));
        for (FrontendMessage[] statement :
                List.of(new FrontendMessage[] {query(ON_TWO + NAP)}, extended(ON_TWO + NAP))) {
            client.send(statement);
            client.expectSilence();
            client.cancel();
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
            assertThat(client.value(ON_ONE + "SELECT current_database()")).isEqualTo(one.database());
        }
        holders.forEach(holder -> holder.query("COMMIT"));
        assertThat(client.value(ON_TWO + "SELECT current_database()")).isEqualTo(two.database());
    }
}
