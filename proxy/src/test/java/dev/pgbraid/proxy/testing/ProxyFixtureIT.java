package dev.pgbraid.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProxyFixtureIT {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    @Test
    void aClientWorksDirectlyAndThroughAProxy() {
        Endpoint database = CLUSTER.freshDatabase();
        try (WireClient direct = WireClient.login(database);
                ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            assertThat(direct.value("SELECT current_database()")).isEqualTo(database.database());
            assertThat(proxy.login().value("SELECT current_database()")).isEqualTo(database.database());
        }
    }

    @Test
    void clientsThatAreInTheMiddleOfSomethingAreEndedWithTheProxy() {
        Endpoint database = CLUSTER.freshDatabase();
        try (ProxyFixture proxy = ProxyFixture.startBefore(database)) {
            proxy.connect();
            proxy.login().query("BEGIN");
            proxy.login().send(new Query(ByteString.utf8("SELECT pg_sleep(60)")));
            proxy.login();
        }
    }

    @Test
    void allBytesMayTravelAlone() {
        Endpoint database = CLUSTER.freshDatabase();
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.startBefore(faults.of(database))) {
            faults.trickle();
            assertThat(proxy.login().value("SELECT 'a text of some length'")).isEqualTo("a text of some length");
        }
    }

    @Test
    void aConditionThatHoldsEndsTheWait() {
        AtomicBoolean holds = new AtomicBoolean();
        Thread.ofVirtual().start(() -> holds.set(true));
        Eventually.isTrue("it holds", holds::get);
    }
}
