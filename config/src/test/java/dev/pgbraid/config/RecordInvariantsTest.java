package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// A record that is made by a program keeps the same rules as one that is read.
class RecordInvariantsTest {
    private static final ShardConfig SHARD = new ShardConfig("a", "h", 5432, "d", ShardTlsConfig.DEFAULT);

    @Test
    void everyBrokenRuleIsTold() {
        Duration second = Duration.ofSeconds(1);
        assertBroken(
                "size-max must be at least 1, is 0; size-min must be at most size-max, 0, is 1;"
                        + " checkout-timeout must be at least 1ms, is 0s",
                () -> new PoolConfig(0, 1, 1, 1, Duration.ZERO, second, second, second, second, second));
        assertBroken(
                "clients-max must be at least 1, is 0; statement-max must be at most message-max, 64KiB, is 128KiB",
                () -> new LimitConfig(
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        1,
                        1,
                        DataSize.ofKibibytes(64),
                        DataSize.ofKibibytes(128),
                        DataSize.ofKibibytes(1)));
    }

    @Test
    void namesAreDistinct() {
        DatabaseConfig database = new DatabaseConfig(
                "d", List.of(SHARD), ControlConfig.DEFAULT, List.of(), List.of(), SessionTimeoutConfig.DEFAULT);
        Secret secret = new Secret("secret");
        UserConfig user = UserConfig.of("u", secret);

        assertBroken(
                "shards must not name a twice",
                () -> new DatabaseConfig(
                        "d",
                        List.of(SHARD, SHARD),
                        ControlConfig.DEFAULT,
                        List.of(),
                        List.of(),
                        SessionTimeoutConfig.DEFAULT));
        assertBroken(
                "proxies must not name number 3 twice",
                () -> new PeersConfig(1, List.of(new PeerConfig("a", 3, "h", 1), new PeerConfig("b", 3, "h", 2))));
        assertBroken("users must not name u twice", () -> AuthConfig.of(List.of(user, user)));
        assertBroken(
                "databases must not name d twice",
                () -> new ProxyConfig(
                        ListenConfig.DEFAULT,
                        TlsConfig.DEFAULT,
                        AuthConfig.of(List.of(user)),
                        List.of(database, database),
                        PoolConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        PeersConfig.DEFAULT,
                        LimitConfig.DEFAULT,
                        LoggingConfig.DEFAULT,
                        AdminConfig.DEFAULT));
    }

    @Test
    void singleValuesAreChecked() {
        Duration hour = Duration.ofHours(1);
        assertBroken(
                "port must be at most 65535, is 65536",
                () -> new ListenConfig("h", 65_536, 0, ListenConfig.Transport.NIO));
        assertBroken("host must not hold blanks, is a b", () -> AdminConfig.of(true, "a b", 1));
        assertBroken("port must be at least 1, is 0", () -> new ShardConfig("a", "h", 0, "d", ShardTlsConfig.DEFAULT));
        assertBroken(
                "login must be at least 1ms, is 0s",
                () -> new TimeoutConfig(Duration.ZERO, Duration.ZERO, hour, Duration.ZERO, hour, hour, hour, hour));
        assertBroken(
                "statement must be at most 168h, is 169h",
                () -> new SessionTimeoutConfig(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofHours(169))));
        assertBroken(
                "keepalive must be 0s or at least 3s, is 2s",
                () -> new TimeoutConfig(hour, hour, hour, Duration.ofSeconds(2), hour, hour, hour, hour));
        assertBroken(
                "keepalive must be whole seconds, is 3500ms",
                () -> new TimeoutConfig(hour, hour, hour, Duration.ofMillis(3500), hour, hour, hour, hour));
        assertBroken(
                "mode must be allow, require or verify where TLS is enabled",
                () -> new TlsConfig.Enabled(TlsConfig.Mode.DISABLE, Path.of("c"), Path.of("k"), Optional.empty()));
        assertBroken(
                "client-root-certificate is needed to verify the certificates of clients",
                () -> new TlsConfig.Enabled(TlsConfig.Mode.VERIFY, Path.of("c"), Path.of("k"), Optional.empty()));
        assertBroken(
                "root-certificate is needed to verify the shard's certificate",
                () -> new ShardTlsConfig(
                        ShardTlsConfig.Mode.VERIFY_CA, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static void assertBroken(String message, ThrowingCallable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction).withMessage(message);
    }
}
