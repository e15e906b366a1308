package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    private static final String SMALLEST = """
        auth: {users: {shop: {password: secret}}}
        databases: {shop: {shards: {a: {host: shard-a}}}}
        """;

    static ConfigResult read(String text) {
        return ConfigReader.read("pgbraid.yaml", text, Path.of(""), Map.of("WORD", "from outside")::get);
    }

    static ProxyConfig valid(String text) {
        return switch (read(text)) {
            case ConfigResult.Valid(ProxyConfig config) -> config;
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    @Test
    void theSmallestFileTakesEveryDefault() {
        Secret password = new Secret("secret");

        assertThat(valid(SMALLEST))
                .isEqualTo(new ProxyConfig(
                        ListenConfig.DEFAULT,
                        TlsConfig.DEFAULT,
                        new AuthConfig(List.of(new UserConfig("shop", password, "shop", password))),
                        List.of(new DatabaseConfig(
                                "shop",
                                List.of(new ShardConfig("a", "shard-a", 5432, "shop", ShardTlsConfig.DEFAULT)))),
                        PoolConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        LimitConfig.DEFAULT,
                        LoggingConfig.DEFAULT,
                        AdminConfig.DEFAULT));
        assertThat(ShardTlsConfig.DEFAULT)
                .isEqualTo(new ShardTlsConfig(
                        ShardTlsConfig.Mode.DISABLE, Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
