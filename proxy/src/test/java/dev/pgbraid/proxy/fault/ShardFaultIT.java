package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ReadyForQuery;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardFaultIT {
    private static final int HEADER = 5;

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

    static Stream<Arguments> breaks() {
        return Stream.of(
                        Stream.of(0, 3).map(offset -> Arguments.of('D', offset, new Action.Cut(), true)),
                        Stream.of(5, 20, 105).map(offset -> Arguments.of('D', offset, new Action.Cut(), false)),
                        Stream.of(3, 20).map(offset -> Arguments.of('d', offset, new Action.Reset(), offset < HEADER)),
                        Stream.of(0, 3).map(offset -> Arguments.of('H', offset, new Action.Cut(), true)),
                        Stream.of(1, 5).map(offset -> Arguments.of('Z', offset, new Action.Cut(), true)),
                        Stream.of("00000000", "00000003", "7FFFFFFF")
                                .map(length -> Arguments.of('D', 1, corruption(length), true)),
                        Stream.of("00", "3F", "7A").map(tag -> Arguments.of('d', 0, corruption(tag), true)))
                .flatMap(Function.identity());
    }

    private static Action corruption(String bytes) {
        return new Action.Corrupt(ByteString.copyOf(Wire.bytes(bytes)));
    }

    /// The error is told unless the client would take it for the rest of the message.
    @ParameterizedTest
    @MethodSource("breaks")
    void anAnswerThatBreaksOffIsNotContinuedByAnybodyElses(char tag, int offset, Action action, boolean told) {
        try (FaultProxy faults = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.before(faults.of(database))
                        .set("listen.threads", 1)
                        .set("pools.size-max", 1)
                        .start()) {
            WireClient client = proxy.login();
            WireClient next = proxy.login();
            String sql = tag == 'D' ? "SELECT repeat('x', 100)" : "COPY (SELECT repeat('x', 100)) TO STDOUT";
            faults.inject(new Fault(Fault.Direction.FROM_SERVER, tag, 1, offset, action));
            client.send(new Query(ByteString.utf8(sql)));
            faults.awaitFault();
            next.send(new Query(ByteString.utf8("SELECT 'of the next'")));

            List<BackendMessage> answer = client.readUntilCutOff();
            assertThat(Answers.errors(answer)).isEqualTo(told ? List.of("08006") : List.of());
            assertThat(answer).noneMatch(ReadyForQuery.class::isInstance);
            assertThat(Answers.column(next.readUntilReady())).containsExactly("of the next");
        }
    }
}
