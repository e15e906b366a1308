package dev.pgbraid.proxy.shards;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowLogIT {
    private static final String KEY = "logging.slow-statement";
    private static final String LIMIT = "2ms";
    private static final String SLEEP = "pg_sleep(0.1)";

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pgbraid.proxy.client.SlowLog");
    private final Events events = new Events();

    /// The fields of what is logged.
    private static final class Events extends AppenderBase<ILoggingEvent> {
        final List<Map<String, String>> fields = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            fields.add(event.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))));
        }

        /// What is logged of the statement that is shown so.
        Map<String, String> of(String statement) {
            Eventually.isTrue(
                    "it is logged: " + statement,
                    () -> fields.stream().anyMatch(each -> statement.equals(each.get("statement"))));
            return fields.stream()
                    .filter(each -> statement.equals(each.get("statement")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeEach
    void listen() {
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(events);
    }

    @Test
    void tellsWhatWasSlowOnEachShard() throws SQLException {
        try (ProxyFixture proxy = Braid.ofFour()
                        .sharded("users", "id")
                        .setup()
                        .set(KEY, LIMIT)
                        .start();
                WireClient client = proxy.login();
                Connection connection = proxy.endpoint().jdbc(Map.of("prepareThreshold", "1"));
                PreparedStatement select = connection.prepareStatement(
                        "SELECT " + SLEEP + " FROM users WHERE id = ? AND name > 'secret'")) {
            client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
            client.query("INSERT INTO users VALUES (1, 'secret 1')");
            client.query("SELECT id FROM users WHERE length(repeat(name, 5000000)) > 1");
            select.setLong(1, 1);
            select.executeQuery().close();
            select.executeQuery().close();

            Map<String, String> scatter = events.of("SELECT id FROM users WHERE length(repeat(name, ?)) > ?");
            assertThat(scatter)
                    .containsEntry("plan", "scatter")
                    .containsEntry("database", proxy.endpoint().database())
                    .containsEntry("user", proxy.endpoint().user());
            assertThat(scatter.get("shards")).matches("four: \\d+ ms, one: \\d+ ms, three: \\d+ ms, two: \\d+ ms");
            assertThat(Long.parseLong(scatter.get("milliseconds"))).isGreaterThanOrEqualTo(2);
            Map<String, String> single = events.of("SELECT pg_sleep(?) FROM users WHERE id = $1 AND name > ?");
            assertThat(single).containsEntry("plan", "single-shard");
            assertThat(Braid.NAMES).contains(single.get("shards"));
        }
    }

    @Test
    void showsLiteralsIfItMay() throws SQLException {
        Endpoint shard = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = ProxyFixture.before(shard)
                        .set(KEY, LIMIT)
                        .set("logging.statement-literals", true)
                        .start();
                WireClient client = proxy.login();
                Connection connection = proxy.endpoint().jdbc(Map.of("prepareThreshold", "0"));
                PreparedStatement select = connection.prepareStatement("SELECT " + SLEEP + ", 'unnamed'")) {
            client.query("SELECT " + SLEEP + ", 'secret'");
            select.executeQuery().close();

            assertThat(events.of("SELECT " + SLEEP + ", 'secret'"))
                    .containsEntry("plan", "single-shard")
                    .containsEntry("shards", "one");
            events.of("SELECT " + SLEEP + ", 'unnamed'");
        }
    }

    @Test
    void saysNothingOfWhatIsFastEnough() {
        Endpoint shard = PostgresCluster.shared().freshDatabase();
        try (ProxyFixture proxy = ProxyFixture.before(shard).set(KEY, "1h").start();
                WireClient client = proxy.login()) {
            client.query("SELECT " + SLEEP);
            client.query("SELECT 1");
        }
        assertThat(events.fields).isEmpty();
    }
}
