package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.REQUIRED;
import static dev.pgbraid.config.ConfigFixture.problems;
import static dev.pgbraid.config.ConfigFixture.read;
import static dev.pgbraid.config.ConfigFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbraid.config.LoggingConfig.Format;
import dev.pgbraid.config.LoggingConfig.Level;
import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String DATABASES = "databases: {shop: {shards: {a: {host: h}}}}";

    @Test
    void theSmallestFileTakesEveryDefault() {
        Secret password = new Secret("secret");

        assertThat(valid(read(REQUIRED)))
                .isEqualTo(new ProxyConfig(
                        ListenConfig.DEFAULT,
                        TlsConfig.DEFAULT,
                        AuthConfig.of(List.of(UserConfig.of("shop", password))),
                        List.of(new DatabaseConfig(
                                "shop",
                                List.of(new ShardConfig("a", "shard-a", 5432, "shop", ShardTlsConfig.DEFAULT)),
                                ControlConfig.DEFAULT,
                                List.of(),
                                List.of(),
                                SessionTimeoutConfig.DEFAULT)),
                        PoolConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        PeersConfig.DEFAULT,
                        LimitConfig.DEFAULT,
                        LoggingConfig.DEFAULT,
                        AdminConfig.DEFAULT));
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(ListenConfig.DEFAULT).isEqualTo(new ListenConfig("127.0.0.1", 6432, 0, ListenConfig.Transport.AUTO));
        assertThat(TlsConfig.DEFAULT).isEqualTo(new TlsConfig.Disabled());
        assertThat(ShardTlsConfig.DEFAULT)
                .isEqualTo(new ShardTlsConfig(
                        ShardTlsConfig.Mode.DISABLE, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(PoolConfig.DEFAULT)
                .isEqualTo(new PoolConfig(
                        20,
                        0,
                        4,
                        200,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1)));
        assertThat(LimitConfig.DEFAULT)
                .isEqualTo(new LimitConfig(
                        10_000,
                        Optional.empty(),
                        Optional.empty(),
                        1_000,
                        100,
                        10_000,
                        new DataSize(0x3fff_ffff),
                        new DataSize(16 * 1024 * 1024),
                        DataSize.ofMebibytes(256)));
        assertThat(LoggingConfig.DEFAULT)
                .isEqualTo(new LoggingConfig(Level.INFO, Format.TEXT, Optional.empty(), false));
        assertThat(AdminConfig.DEFAULT).isEqualTo(AdminConfig.of(false, "127.0.0.1", 6433));
    }

    @Test
    void theDefaultTimeoutsAreThese() {
        assertThat(TimeoutConfig.DEFAULT)
                .isEqualTo(new TimeoutConfig(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO));
    }

    @Test
    void theDefaultsWrittenOutReadAsThemselves() {
        StringBuilder text = new StringBuilder(REQUIRED);
        for (Key<?> key : ProxyConfig.BLOCK.keys()) {
            if (key.kind() instanceof Block<?> block && key.defaultValue().isPresent()) {
                text.append(key.name()).append(":\n");
                block.keys().forEach(inner -> text.append(written(inner)));
            }
        }

        assertThat(text).contains("  message-max: 1073741823B\n", "  idle-timeout: 10m\n", "  mode: disable\n");
        assertThat(valid(read(text.toString()))).isEqualTo(valid(read(REQUIRED)));
    }

    private static <T> String written(Key<T> key) {
        boolean isWritable =
                key.kind() instanceof Scalar<T> && !key.defaultText().equals("none");
        return isWritable ? "  " + key.name() + ": " + key.defaultText() + "\n" : "";
    }

    @Test
    void everySettingReachesItsComponent() {
        ProxyConfig config = valid(read("""
            listen: {host: "::", port: 0, threads: 3, transport: io-uring}
            peers: {number: 2, proxies: {east: {number: 1, host: e}, west: {number: 127, host: w, port: 7000}}}
            limits: {clients-max: 5, clients-max-per-user: 4, client-prepared-statements-max: 6, message-max: 2MiB, statement-max: 3KiB, gather-bytes-max: 4MiB}
            logging: {level: debug, format: json, slow-statement: 250ms, statement-literals: true}
            admin: {enabled: true, host: 0.0.0.0, port: 9000, users: [shop]}
            """ + REQUIRED));

        assertThat(config.listen()).isEqualTo(new ListenConfig("::", 0, 3, ListenConfig.Transport.IO_URING));
        assertThat(config.peers())
                .isEqualTo(new PeersConfig(
                        2, List.of(new PeerConfig("east", 1, "e", 6432), new PeerConfig("west", 127, "w", 7000))));
        assertThat(config.limits())
                .isEqualTo(new LimitConfig(
                        5,
                        Optional.of(4),
                        Optional.empty(),
                        1_000,
                        100,
                        6,
                        DataSize.ofMebibytes(2),
                        DataSize.ofKibibytes(3),
                        DataSize.ofMebibytes(4)));
        assertThat(config.logging())
                .isEqualTo(new LoggingConfig(Level.DEBUG, Format.JSON, Optional.of(Duration.ofMillis(250)), true));
        assertThat(config.admin()).isEqualTo(new AdminConfig(true, "0.0.0.0", 9000, List.of("shop"), List.of()));
    }

    @Test
    void everySettingOfPoolsReachesItsComponent() {
        ProxyConfig config = valid(read("""
            pools:
              size-max: 8
              size-min: 2
              connects-max: 3
              prepared-statements-max: 7
              checkout-timeout: 1500ms
              connect-timeout: 2s
              wait-notice: 3s
              idle-check: 4s
              idle-timeout: 3m
              lifetime-max: 4h
            """ + REQUIRED));

        assertThat(config.pools())
                .isEqualTo(new PoolConfig(
                        8,
                        2,
                        3,
                        7,
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(3),
                        Duration.ofHours(4)));
    }

    @Test
    void everyTimeoutReachesItsComponent() {
        ProxyConfig config = valid(read("""
            timeouts:
              login: 1s
              drain: 0s
              cancel: 3s
              keepalive: 9s
              client-idle: 1h
              idle-transaction: 2m
              transaction: 3m
              statement: 4m
            """ + REQUIRED));

        assertThat(config.timeouts())
                .isEqualTo(new TimeoutConfig(
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(9),
                        Duration.ofHours(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(4)));
    }

    @Test
    void everySettingOfControlReachesItsComponent(@TempDir Path directory) {
        ProxyConfig config = valid(read("""
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards: {a: {host: h}}
                control: {user: c, password: p, directory: ., poll-interval: 1s, start-timeout: 2s,
                  etcd: ['http://e:2379', 'https://f:1']}
            """, directory));

        assertThat(config.databases().getFirst().control())
                .isEqualTo(new ControlConfig(
                        Optional.of("c"),
                        Optional.of(new Secret("p")),
                        Optional.of(directory),
                        List.of(URI.create("http://e:2379"), URI.create("https://f:1")),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2)));
        assertThat(ControlConfig.DEFAULT)
                .isEqualTo(new ControlConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)));
    }

    @Test
    void everyMistakeInControlIsTold(@TempDir Path directory) {
        assertThat(problems(read("""
            auth: {users: {shop: {password: secret}}}
            databases:
              a: {shards: {a: {host: h}}, control: {user: c}}
              b: {shards: {a: {host: h}}, control: {password: p, directory: missing}}
            """, directory)))
                .containsExactly(
                        "file:3:40 databases.a.control.password: is needed beside user",
                        "file:4:65 databases.b.control.directory: must be the path of a directory that can be written"
                                + " to, is \"missing\"");
    }

    @Test
    void aDatabaseWithTablesNeedsAUserForControl() {
        assertThat(problems(read("""
            auth: {users: {shop: {password: secret}}}
            databases:
              a: {shards: {a: {host: h}}, tables: {t: {key: [id]}}}
              b: {shards: {a: {host: h}}, schemas: {s: {shard: a}}}
            """)))
                .containsExactly(
                        "file:3:6 databases.a.control.user: is needed, for the database declares tables or schemas",
                        "file:4:6 databases.b.control.user: is needed, for the database declares tables or schemas");
    }

    @Test
    void usersAndShardsKeepTheirOrder() {
        ProxyConfig config = valid(read("""
            auth:
              users:
                b: {password: "2", shard-user: c, shard-password: "3"}
                a: {password: "1"}
            databases:
              z:
                shards:
                  y: {host: h, port: 5501, database: d}
                  x: {host: h, port: 5502, tls: {mode: require}}
            """));
        ShardTlsConfig required =
                new ShardTlsConfig(ShardTlsConfig.Mode.REQUIRE, Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(config.auth().users())
                .containsExactly(
                        new UserConfig(
                                "b", new Secret("2"), "c", Optional.of(new Secret("3")), SessionTimeoutConfig.DEFAULT),
                        UserConfig.of("a", new Secret("1")));
        assertThat(config.databases())
                .containsExactly(new DatabaseConfig(
                        "z",
                        List.of(
                                new ShardConfig("y", "h", 5501, "d", ShardTlsConfig.DEFAULT),
                                new ShardConfig("x", "h", 5502, "z", required)),
                        ControlConfig.DEFAULT,
                        List.of(),
                        List.of(),
                        SessionTimeoutConfig.DEFAULT));
    }

    @Test
    void valuesAreTheTextThatIsWritten() {
        ProxyConfig config = valid(read("""
            auth: {users: {no: {password: 0x10}, 1: {password: 007}, "null": {password: "null"}}}
            databases: {on: {shards: {1e3: {host: 10}}}}
            listen: {port: "6000"}
            """));

        assertThat(config.auth().users())
                .extracting(UserConfig::name, user -> user.password().reveal())
                .containsExactly(tuple("no", "0x10"), tuple("1", "007"), tuple("null", "null"));
        assertThat(config.databases().getFirst().name()).isEqualTo("on");
        assertThat(config.databases().getFirst().shards().getFirst().name()).isEqualTo("1e3");
        assertThat(config.listen().port()).isEqualTo(6000);
    }

    @Test
    void anAliasStandsForItsAnchor() {
        ProxyConfig config = valid(read("""
            auth: {users: {shop: &login {password: &word secret}, other: *login, third: {password: *word}}}
            databases: {shop: {shards: &shards {a: {host: h}}}, copy: {shards: *shards}}
            """));

        assertThat(config.auth().users())
                .extracting(user -> user.password().reveal())
                .containsOnly("secret")
                .hasSize(3);
        assertThat(config.databases().getLast().shards().getFirst().database()).isEqualTo("copy");
    }

    @Test
    void referencesAreReplacedInsideAnyValue(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("word"), "from a file\r\n");
        Files.writeString(directory.resolve("port"), "7000\n");
        Files.writeString(directory.resolve("lines"), "one\ntwo\n\n");

        ProxyConfig config = valid(read("""
            listen:
              host: ${env:WORD}.example
              port: ${file:port}
            auth:
              users:
                a: {password: "<${file:word}>${env:WORD}${env:EMPTY}"}
                b: {password: "${file:lines}"}
                c: {password: "$1 $$ $${env:WORD} $a{"}
            databases: {shop: {shards: {a: {host: h}}}}
            """, directory));

        assertThat(config.listen().host()).isEqualTo("from-outside.example");
        assertThat(config.listen().port()).isEqualTo(7000);
        assertThat(config.auth().users())
                .extracting(user -> user.password().reveal())
                .containsExactly("<from a file>from-outside", "one\ntwo\n", "$1 $$ ${env:WORD} $a{");
    }

    @Test
    void tlsFilesAreRelativeToTheFile(@TempDir Path directory) throws IOException {
        Path certificate = Files.createFile(directory.resolve("server.crt"));
        Path key = Files.createFile(directory.resolve("server.key"));
        Path root = Files.createFile(directory.resolve("root.crt"));

        ProxyConfig config = valid(read("""
            tls: {mode: require, certificate: server.crt, key: %s}
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards:
                  a: {host: h, tls: {mode: verify-full, root-certificate: ./root.crt}}
                  b: {host: h, tls: {mode: require, certificate: server.crt, key: server.key}}
            """.formatted(key), directory));

        assertThat(config.tls())
                .isEqualTo(new TlsConfig.Enabled(TlsConfig.Mode.REQUIRE, certificate, key, Optional.empty()));
        assertThat(config.databases().getFirst().shards())
                .extracting(ShardConfig::tls)
                .containsExactly(
                        new ShardTlsConfig(
                                ShardTlsConfig.Mode.VERIFY_FULL, Optional.of(root), Optional.empty(), Optional.empty()),
                        new ShardTlsConfig(
                                ShardTlsConfig.Mode.REQUIRE,
                                Optional.empty(),
                                Optional.of(certificate),
                                Optional.of(key)));
    }

    private static UserConfig user(String keys) {
        return valid(read("auth: {users: {u: {" + keys + "}}}\n" + DATABASES))
                .auth()
                .users()
                .getFirst();
    }

    @Test
    void aScramVerifierIsPassedThroughUnlessShardsHaveAPassword() {
        String verifier = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$" + "A".repeat(43) + "=:" + "B".repeat(43) + "=";

        assertThat(user("password: '" + verifier + "', shard-password: secret"))
                .returns(true, UserConfig::hasVerifier)
                .returns(Optional.of(new Secret("secret")), UserConfig::shardPassword);
        assertThat(user("password: '" + verifier + "'"))
                .returns(true, UserConfig::hasVerifier)
                .returns(Optional.empty(), UserConfig::shardPassword);
    }

    @Test
    void anMd5HashNeedsAPasswordForTheShards() {
        String hash = "md5" + "0123456789abcdef".repeat(2);

        assertThat(user("password: " + hash + ", shard-password: secret")).returns(true, UserConfig::hasMd5);
        assertThat(problems(read("auth: {users: {u: {password: " + hash + "}}}\n" + DATABASES)))
                .containsExactly(
                        "file:1:19 auth.users.u.shard-password: is needed, for password cannot log in to a" + " shard");
    }

    @Test
    void usersThatAreLookedUpNeedNotBeNamed() {
        AuthConfig auth = valid(read("auth: {users: {}, query: {user: u, password: p}}\n" + DATABASES))
                .auth();

        assertThat(auth.users()).isEmpty();
        assertThat(auth.query())
                .returns(Optional.of("u"), AuthQueryConfig::user)
                .returns(Optional.of(new Secret("p")), AuthQueryConfig::password)
                .returns(Duration.ofSeconds(5), AuthQueryConfig::cacheTime);
        assertThat(problems(read("auth: {users: {}, query: {user: u}}\n" + DATABASES)))
                .containsExactly("file:1:26 auth.query.password: is needed beside user");
        assertThat(problems(read("auth: {users: {}, query: {password: p}}\n" + DATABASES)))
                .containsExactly("file:1:26 auth.query.user: is needed beside password");
    }

    @Test
    void rulesKeepTheirOrder() {
        String text = """
            auth:
              users: {u: {password: secret}}
              rules:
                local: {address: 127.0.0.0/8, tls: without, method: trust}
                shop: {database: shop, user: u, address: "::1", method: md5}
                rest: {method: reject}
            """;

        assertThat(valid(read(text + DATABASES)).auth().rules())
                .containsExactly(
                        new LoginRuleConfig(
                                "local",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new AddressRange(InetAddress.ofLiteral("127.0.0.0"), 8)),
                                LoginRuleConfig.Encryption.WITHOUT,
                                LoginRuleConfig.Method.TRUST),
                        new LoginRuleConfig(
                                "shop",
                                Optional.of("shop"),
                                Optional.of("u"),
                                Optional.of(new AddressRange(InetAddress.ofLiteral("::1"), 128)),
                                LoginRuleConfig.Encryption.ANY,
                                LoginRuleConfig.Method.MD5),
                        new LoginRuleConfig(
                                "rest",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                LoginRuleConfig.Encryption.ANY,
                                LoginRuleConfig.Method.REJECT));
    }

    @Test
    void aRuleForCertificatesNeedsThemToBeAskedFor() {
        String text = """
            auth: {users: {u: {password: secret}}, rules: {all: {tls: without, method: cert}}}
            """;

        assertThat(problems(read(text + DATABASES)))
                .containsExactly("file:1:59 auth.rules.all.tls: must not be without for method cert, which needs it");
        assertThat(problems(read(text.replace("tls: without, ", "") + DATABASES)))
                .containsExactly("file:1:1 tls: must name a client-root-certificate, for a rule in auth has the"
                        + " method cert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/", "localhost", "10.0.0.1/8", "::/129"})
    void whatIsNoRangeOfAddressesIsRefused(String address) {
        String text = "auth: {users: {u: {password: p}}, rules: {a: {address: '" + address + "', method: trust}}}\n";

        assertThat(problems(read(text + DATABASES)))
                .singleElement()
                .asString()
                .startsWith("file:1:56 auth.rules.a.address: must ");
    }

    @Test
    void theExampleIsValid() {
        Map<String, String> environment = Map.of("SHOP_PASSWORD", "secret", "CONTROL_PASSWORD", "secret");

        ProxyConfig config = valid(ConfigReader.read(Path.of("../deploy/pgbraid.yaml"), environment::get));

        assertThat(config.databases()).hasSize(1);
    }
}
