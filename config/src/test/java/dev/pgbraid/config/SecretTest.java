package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.problems;
import static dev.pgbraid.config.ConfigFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    /// Passwords that someone forgot to put in quotes, or put where they do not belong.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*hunter2",
                "&hunter2",
                "!hunter2 x",
                "!hunter2!x y",
                "@hunter2",
                "%hunter2",
                "`hunter2`",
                "|hunter2",
                ">hunter2",
                "\"hunter2",
                "'hunter2",
                "\"hunter2\" hunter2",
                "\"\\hunter2\"",
                "\"\\xhunter2\"",
                "hunter2: hunter2",
                "hunter2 #: hunter2: hunter2",
                "{hunter2}",
                "[hunter2]",
                "{hunter2: {hunter2: hunter2}}",
                "${hunter2}",
                "${hunter2",
                "hunter2${file:",
                "SCRAM-SHA-256$hunter2",
                "\"hunter2\\0\"",
                "\"hunter2\\U00110000\"",
                "x, hunter2}}}",
            })
    void aBadPasswordIsNeverShown(String password) {
        String inBlock = """
            auth:
              users:
                shop:
                  password: %s
            databases: {shop: {shards: {a: {host: h}}}}
            """.formatted(password);
        String inLine = """
            auth: {users: {shop: {password: %s}}}
            databases: {shop: {shards: {a: {host: h}}}}
            """.formatted(password);

        assertThat(read(inBlock).toString()).doesNotContain("hunter2");
        assertThat(problems(read(inBlock)) + "" + problems(read(inLine)))
                .doesNotContain("hunter2")
                .contains("file:");
    }

    @Test
    void halfAPasswordThatBecameAKeyIsNotShown() {
        assertThat(problems(read("""
            auth: {users: {shop: {password: correct,horse, battery: staple, horse}}}
            databases: {shop: {shards: {a: {host: h}}}}
            """)))
                .containsExactly(
                        "file:1:41 auth.users.shop: unknown key; known here: password, shard-user, shard-password,"
                                + " timeouts",
                        "file:1:48 auth.users.shop: unknown key; known here: password, shard-user, shard-password,"
                                + " timeouts",
                        "file:1:65 auth.users.shop: unknown key; known here: password, shard-user, shard-password,"
                                + " timeouts");
    }

    @Test
    void whatAReferenceStandsForIsNotShown(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("password"), "hunter2");
        ConfigResult result = ConfigReader.read("file", """
            listen: {port: "${env:PASSWORD}", host: "${env:PASSWORD} ${env:PASSWORD}"}
            pools: {idle-timeout: "${file:password}", size-max: "${file:password}"}
            logging: {level: "${file:password}"}
            tls: {certificate: "${file:password}"}
            admin: {enabled: "${file:password}"}
            """, directory, Map.of("PASSWORD", "hunter2")::get);

        assertThat(problems(result))
                .hasSize(9)
                .contains("file:1:16 listen.port: must be an integer, in decimal digits only, is"
                        + " \"${env:PASSWORD}\"")
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void recordsDoNotShowSecrets() {
        Secret password = new Secret("hunter2");

        assertThat(password).hasToString("***");
        assertThat(UserConfig.of("shop", password).toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> new UserConfig(
                        "shop",
                        password,
                        "",
                        Optional.of(new Secret("SCRAM-SHA-256$hunter2")),
                        SessionTimeoutConfig.DEFAULT))
                .hasMessage("shard-user must not be empty, is ; shard-password must be the password itself:"
                        + " a SCRAM verifier cannot log in");
    }
}
