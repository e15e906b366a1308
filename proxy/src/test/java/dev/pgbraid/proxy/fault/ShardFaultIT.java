package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.testing.Wire;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.Fault;
import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardFaultIT {
    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    @Test
    void aShardThatRefusesFailsFastIsNamedAndComesBack() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.startBefore(faults.of(database))) {
            WireClient client = proxy.login();
            faults.refuse();
            faults.resetAll();
            Eventually.isTrue("the backends are gone", () -> faults.connections() == 0);

            List<BackendMessage> answer = client.query("SELECT 1");
            assertThat(Answers.errors(answer)).containsExactly("08001");
            assertThat(answer.getFirst().toString()).contains("one: ");

            faults.accept();
            Eventually.isTrue(
                    "the shard is used again",
                    () -> Answers.column(client.query("SELECT 1")).equals(List.of("1")));
        }
    }

    @Test
    void aShardThatStallsInTheLoginIsGivenUp() {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.before(faults.of(database))
                        .set("pools.connect-timeout", "300ms")
                        .start()) {
            WireClient client = proxy.login();
            faults.resetAll();
            Eventually.isTrue("the backends are gone", () -> faults.connections() == 0);
            faults.inject(Fault.fromServer('R', new Action.Stall()));

            assertThat(Answers.errors(client.query("SELECT 1"))).containsExactly("08001");
            faults.release();
            Eventually.isTrue(
                    "the shard is used again",
                    () -> Answers.column(client.query("SELECT 1")).equals(List.of("1")));
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'T', 'C', 'Z'})
    void aConnectionThatIsResetBeforeAMessageIsToldAsLost(char tag) {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.startBefore(faults.of(database))) {
            WireClient client = proxy.login();
            faults.inject(Fault.fromServer(tag, new Action.Reset()));
            client.send(new Query(ByteString.utf8("SELECT 1")));

            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08006");
            assertThat(proxy.login().value("SELECT 2")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000003", "7FFFFFFF", "FFFFFFFF"})
    void aLengthThatCannotBeEndsTheBackend(String length) {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.startBefore(faults.of(database))) {
            WireClient client = proxy.login();
            faults.inject(Fault.fromServer('C', new Action.Corrupt(ByteString.copyOf(Wire.bytes(length))))
                    .at(1));
            client.send(new Query(ByteString.utf8("SELECT 1")));

            assertThat(Answers.errors(client.readUntilEnd())).containsExactly("08006");
            assertThat(proxy.login().value("SELECT 2")).isEqualTo("2");
        }
    }
}
