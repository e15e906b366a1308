package dev.pgbraid.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.testing.Authority;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private static Path directory;

    private static Authority.Identity first;
    private static Authority.Identity second;

    @TempDir
    private Path used;

    @BeforeAll
    static void makeCertificates() {
        Authority authority = new Authority(directory, "authority");
        first = authority.issue("first");
        second = authority.issue("second");
    }

    @BeforeEach
    void useFirst() throws IOException {
        use(first.certificate(), "certificate");
        use(first.key(), "key");
    }

    private void use(Path file, String name) throws IOException {
        Files.copy(file, used.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private ProxyConfig config() {
        String text = """
            auth: {users: {u: {password: p}}}
            databases: {d: {shards: {a: {host: h, tls: {mode: require, certificate: certificate, key: key}}}}}
            """;
        return switch (ConfigReader.read("test.yaml", text, used, _ -> null)) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    @Test
    void filesThatChangeAreTakenWhenTheyFitTogether() throws IOException {
        ProxyConfig config = config();
        ShardTlsConfig shard = config.databases().getFirst().shards().getFirst().tls();
        Tls tls = new Tls(config);
        SslContext before = tls.towards(shard);

        tls.refresh();
        assertThat(tls.towards(shard)).as("nothing has changed").isSameAs(before);
        use(second.certificate(), "certificate");
        tls.refresh();
        assertThat(tls.towards(shard)).as("the key is the old one's").isSameAs(before);
        Files.delete(used.resolve("key"));
        tls.refresh();
        assertThat(tls.towards(shard)).as("there is no key").isSameAs(before);
        use(second.key(), "key");
        tls.refresh();
        assertThat(tls.towards(shard)).isNotNull().isNotSameAs(before);
    }

    @Test
    void filesThatDoNotFitAreFoundAtTheStart() throws IOException {
        use(second.key(), "key");
        assertUnusable("does not hold the key of the certificate");
        Files.writeString(used.resolve("key"), "no key");
        assertUnusable("holds no key in PKCS #8");
        use(first.key(), "certificate");
        assertUnusable("");
        Files.writeString(used.resolve("certificate"), "");
        assertUnusable("holds no certificate");
    }

    private void assertUnusable(String why) {
        assertThatThrownBy(() -> new Tls(config()))
                .isInstanceOf(ProxyException.class)
                .hasMessageStartingWith("databases.a.tls cannot be used: ")
                .hasMessageContaining(why);
    }
}
