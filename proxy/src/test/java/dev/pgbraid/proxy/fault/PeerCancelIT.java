package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests to cancel that reach another proxy than the one that they are for.
class PeerCancelIT {
    private static final Query LONG = new Query(ByteString.utf8("SELECT pg_sleep(60)"));

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final ProxyFixture proxy = numbered(1).start();
    private final Activity activity = new Activity(database);

    @AfterEach
    void close() {
        activity.close();
        proxy.close();
    }

    @Test
    void aRequestIsPassedOnToTheProxyThatItIsFor() {
        try (ProxyServer other = ProxyServer.start(peerOfFirst().config())) {
            WireClient client = proxy.login();
            client.send(LONG);
            activity.await(1, "wait_event = 'PgSleep'");
            cancel(other, client.cancelKey());
            assertThat(Answers.errors(client.readUntilReady())).containsExactly("57014");
        }
    }

    @Test
    void theSecretMustBeRightThereToo() {
        try (ProxyServer other = ProxyServer.start(peerOfFirst().config())) {
            WireClient client = proxy.login();
            client.send(LONG);
            activity.await(1, "wait_event = 'PgSleep'");
            CancelKey key = client.cancelKey();
            cancel(other, new CancelKey(key.processId(), ByteString.utf8("none")));
            client.expectSilence();
            client.cancel();
            client.readUntilReady();
        }
    }

    @Test
    void nothingIsPassedOnTwice() {
        ProxyFixture.Setup itself = numbered(2)
                .set("peers.proxies.wrong.number", 3)
                .set("peers.proxies.wrong.host", "localhost")
                .set("peers.proxies.wrong.port", proxy.endpoint().port());
        proxy.reload(numbered(1)
                .set("peers.proxies.wrong.number", 3)
                .set("peers.proxies.wrong.host", "127.0.0.1")
                .set("peers.proxies.wrong.port", proxy.endpoint().port()));
        try (ProxyServer other = ProxyServer.start(itself.config())) {
            cancel(other, new CancelKey(3 << 24, ByteString.utf8("none")));
            assertThat(proxy.login().value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aProxyThatNobodyKnowsOrThatIsAwayEndsTheRequest() {
        ProxyFixture.Setup alone = numbered(2)
                .set("peers.proxies.gone.number", 4)
                .set("peers.proxies.gone.host", "127.0.0.1")
                .set("peers.proxies.gone.port", 1);
        try (ProxyServer other = ProxyServer.start(alone.config())) {
            cancel(other, new CancelKey(3 << 24, ByteString.utf8("none")));
            cancel(other, new CancelKey(4 << 24, ByteString.utf8("none")));
        }
    }

    /// Returns when the proxy has ended the connection of the request.
    private void cancel(ProxyServer at, CancelKey key) {
        try (WireClient client = WireClient.connect(proxy.endpoint().at("127.0.0.1", at.port()))) {
            client.cancel(key);
        }
    }

    private ProxyFixture.Setup numbered(int number) {
        return ProxyFixture.before(database).set("peers.number", number);
    }

    private ProxyFixture.Setup peerOfFirst() {
        return numbered(2)
                .set("peers.proxies.first.number", 1)
                .set("peers.proxies.first.host", proxy.endpoint().host())
                .set("peers.proxies.first.port", proxy.endpoint().port());
    }
}
