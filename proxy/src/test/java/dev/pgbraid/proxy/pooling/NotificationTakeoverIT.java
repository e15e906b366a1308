package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Fault;
import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import org.junit.jupiter.api.Test;

/// Sessions that change what they listen to while the connection that listens for all is still being opened.
class NotificationTakeoverIT {
    @Test
    void whoListensAnewBeforeItIsTakenOverIsTold() {
        Endpoint database = PostgresCluster.shared().freshDatabase();
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.before(faults.of(database)).start();
                Activity activity = new Activity(database)) {
            WireClient listener = proxy.login();
            listener.value("SELECT 1");
            faults.inject(Fault.fromServer('R', new Action.Stall()));
            listener.query("LISTEN news");
            faults.awaitFault();
            assertThat(Answers.errors(listener.query("UNLISTEN news"))).isEmpty();
            listener.query("LISTEN news");
            faults.release();
            activity.await(1, "query = 'UNLISTEN *' AND state = 'idle'");
            assertThat(listener.value("SELECT 'the first to be taken over'")).isNotEmpty();
            for (String payload : new String[] {"a", "b"}) {
                activity.direct().query("NOTIFY news, '" + payload + "'");
                assertThat(listener.read())
                        .isInstanceOfSatisfying(
                                NotificationResponse.class,
                                notification ->
                                        assertThat(notification.payload()).isEqualTo(ByteString.utf8(payload)));
            }
        }
    }
}
