package dev.pgbraid.proxy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.net.Transport;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The kernel asks clients and shards that are silent whether they are still there.
///
/// Its timers are read from where Linux shows them; where nothing is set they are two hours.
class KeepaliveIT {
    private static final int TICKS_PER_SECOND = 100;
    private static final String ESTABLISHED = "01";
    private static final String KEEPALIVE_TIMER = "02";

    /// A connection's two ends, and the seconds until the kernel asks.
    private record Timer(int localPort, int remotePort, long seconds) {
        static Timer of(String[] fields) {
            String[] timer = fields[5].split(":", -1);
            long ticks = timer[0].equals(KEEPALIVE_TIMER) ? Long.parseLong(timer[1], 16) : Long.MAX_VALUE;
            return new Timer(port(fields[1]), port(fields[2]), ticks / TICKS_PER_SECOND);
        }

        private static int port(String address) {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
        }

        boolean isWithin(int min, int max) {
            return min <= seconds && seconds <= max;
        }
    }

    static Stream<Transport> transports() {
        return Stream.of(Transport.values()).filter(Transport::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bothEndsAreAskedAfterTheSilenceThatIsSet(Transport transport) {
        Endpoint database = PostgresCluster.shared().freshDatabase();
        try (FaultProxy shard = FaultProxy.before(database);
                ProxyFixture proxy = before(shard.of(database), transport)
                        .set("timeouts.keepalive", "300s")
                        .start()) {
            int proxyPort = proxy.endpoint().port();
            int shardPort = shard.of(database).port();
            WireClient client = proxy.login();
            assertThat(client.value("SELECT 1")).isEqualTo("1");
            Eventually.isTrue(
                    "the client is asked after 300 s",
                    () -> timers().anyMatch(timer -> timer.localPort == proxyPort && timer.isWithin(60, 300)));
            Eventually.isTrue(
                    "the shard is asked after 300 s",
                    () -> timers().anyMatch(timer -> timer.remotePort == shardPort && timer.isWithin(60, 300)));

            proxy.reload(before(shard.of(database), transport).set("timeouts.keepalive", "1200s"));
            client.query("BEGIN");
            proxy.login().query("BEGIN");
            Eventually.isTrue(
                    "a new client is asked after 1200 s",
                    () -> timers().anyMatch(timer -> timer.localPort == proxyPort && timer.isWithin(900, 1200)));
            Eventually.isTrue(
                    "over a new connection the shard is asked after 1200 s",
                    () -> timers().anyMatch(timer -> timer.remotePort == shardPort && timer.isWithin(900, 1200)));
        }
    }

    private static ProxyFixture.Setup before(Endpoint shard, Transport transport) {
        return ProxyFixture.before(shard)
                .set("listen.threads", 1)
                .set(
                        "listen.transport",
                        transport.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Stream<Timer> timers() {
        List<String> lines = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                lines.addAll(Files.readAllLines(Path.of(table)));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields[3].equals(ESTABLISHED))
                .map(Timer::of);
    }
}
