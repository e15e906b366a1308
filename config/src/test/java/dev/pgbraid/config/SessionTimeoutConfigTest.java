package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.read;
import static dev.pgbraid.config.ConfigFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTimeoutConfigTest {
    @Test
    void timeoutsOfUsersAndDatabasesStandInForThoseOfAll() {
        ProxyConfig config = valid(read("""
            auth: {users: {shop: {password: secret, timeouts: {statement: 0s, client-idle: 2s}}}}
            databases: {shop: {shards: {a: {host: h}}, timeouts: {statement: 3s, transaction: 4s}}}
            timeouts: {statement: 5s, transaction: 6s, idle-transaction: 7s}
            """));
        TimeoutConfig ofDatabase =
                config.timeouts().with(config.databases().getFirst().timeouts());
        TimeoutConfig ofUser = ofDatabase.with(config.auth().users().getFirst().timeouts());

        assertThat(ofDatabase)
                .extracting(TimeoutConfig::statement, TimeoutConfig::transaction, TimeoutConfig::clientIdle)
                .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ZERO);
        assertThat(ofUser)
                .extracting(TimeoutConfig::statement, TimeoutConfig::transaction, TimeoutConfig::clientIdle)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(2));
        assertThat(ofUser.idleTransaction()).isEqualTo(Duration.ofSeconds(7));
    }
}
