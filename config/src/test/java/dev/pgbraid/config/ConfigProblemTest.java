package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.problems;
import static dev.pgbraid.config.ConfigFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigProblemTest {
    @Test
    void anUnknownKeyIsToldWithTheOneThatWasMeant() {
        assertThat(problems("""
            pools:
              size-mx: 5
              sizeMin: 1
              conects_max: 2
              idle-tiemout: 1s
              colour: red
            pool: {}
            """))
                .containsExactly(
                        "file:2:3 pools.size-mx: unknown key; did you mean size-max?",
                        "file:3:3 pools.sizeMin: unknown key; did you mean size-min?",
                        "file:4:3 pools.conects_max: unknown key; did you mean connects-max?",
                        "file:5:3 pools.idle-tiemout: unknown key; did you mean idle-timeout?",
                        "file:6:3 pools.colour: unknown key; known here: size-max, size-min, connects-max,"
                                + " prepared-statements-max, checkout-timeout, connect-timeout, wait-notice,"
                                + " idle-check, idle-timeout, lifetime-max",
                        "file:7:1 pool: unknown key; did you mean pools?");
    }

    @Test
    void aKeyThatIsGivenTwiceIsTold() {
        assertThat(problems(read("""
            listen: {port: 1, port: 2}
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards:
                  a: {host: x}
                  "a": {host: y}
              shop: {shards: {a: {host: x}}}
            listen: {}
            """)))
                .containsExactly(
                        "file:1:19 listen.port: is given twice, first in line 1",
                        "file:7:7 databases.shop.shards.a: is given twice, first in line 6",
                        "file:8:3 databases.shop: is given twice, first in line 4",
                        "file:9:1 listen: is given twice, first in line 1");
    }

    @Test
    void aValueOfTheWrongShapeIsTold() {
        assertThat(problems(read("""
            listen: 6432
            pools: [size-max, 5]
            limits:
              clients-max: {a: 1}
              message-max: [1MiB]
            auth: {users: {shop: secret}}
            databases: [shop]
            """)))
                .containsExactly(
                        "file:1:9 listen: must be a block of keys, is a single value",
                        "file:2:8 pools: must be a block of keys, is a list",
                        "file:4:16 limits.clients-max: must be a single value, is a block",
                        "file:5:16 limits.message-max: must be a single value, is a list",
                        "file:6:22 auth.users.shop: must be a block of keys, is a single value",
                        "file:7:12 databases: must be a block of keys, is a list");
    }

    @Test
    void aValueOfTheWrongTypeIsTold() {
        assertThat(problems("""
            listen: {port: x, threads: 1.5, transport: io_uring}
            pools: {size-max: 010, size-min: 99999999999, checkout-timeout: 1.5s, connect-timeout: 5}
            limits: {message-max: 1MB, statement-max: 65536}
            admin: {enabled: yes}
            """))
                .containsExactly(
                        "file:1:16 listen.port: must be an integer, in decimal digits only, is \"x\"",
                        "file:1:28 listen.threads: must be an integer, in decimal digits only, is \"1.5\"",
                        "file:1:44 listen.transport: must be one of auto, io-uring, epoll, nio, is \"io_uring\"",
                        "file:2:19 pools.size-max: must be an integer, in decimal digits only, is \"010\"",
                        "file:2:34 pools.size-min: must be an integer of 32 bits, is \"99999999999\"",
                        "file:2:65 pools.checkout-timeout: must be a number and its unit, such as 500ms, 5s, 10m or 1h,"
                                + " is \"1.5s\"",
                        "file:2:88 pools.connect-timeout: needs a unit, such as 500ms, 5s, 10m or 1h, is \"5\"",
                        "file:3:23 limits.message-max: must be a number and its unit, such as 500B, 64KiB, 16MiB or"
                                + " 1GiB, is \"1MB\"",
                        "file:3:43 limits.statement-max: needs a unit, such as 500B, 64KiB, 16MiB or 1GiB, is"
                                + " \"65536\"",
                        "file:4:18 admin.enabled: must be true or false, is \"yes\"");
    }

    @Test
    void aValueOutOfRangeIsTold() {
        assertThat(problems("""
            listen: {port: 65536, threads: -1, host: ""}
            pools: {size-max: 0, idle-timeout: 0s, lifetime-max: 169h}
            limits: {message-max: 1GiB, statement-max: 999999999999GiB}
            """))
                .containsExactly(
                        "file:1:16 listen.port: must be at most 65535, is \"65536\"",
                        "file:1:32 listen.threads: must be at least 0, is \"-1\"",
                        "file:1:42 listen.host: must not be empty, is \"\"",
                        "file:2:19 pools.size-max: must be at least 1, is \"0\"",
                        "file:2:36 pools.idle-timeout: must be at least 1ms, is \"0s\"",
                        "file:2:54 pools.lifetime-max: must be at most 168h, is \"169h\"",
                        "file:3:23 limits.message-max: must be at most 1073741823B, is \"1GiB\"",
                        "file:3:44 limits.statement-max: must be less than 2^63 bytes, is \"999999999999GiB\"");
    }

    @Test
    void whatIsMissingIsTold() {
        assertThat(problems(read("# nothing here\n")))
                .containsExactly("file:1:1 auth.users: is missing", "file:1:1 databases: is missing");
        assertThat(problems(read("""

            listen: {}
            auth:
              users:
                shop:
                  shard-user: app
            databases:
              shop:
                shards:
                  a:
                    port: 5501
            """)))
                .containsExactly(
                        "file:6:7 auth.users.shop.password: is missing",
                        "file:11:9 databases.shop.shards.a.host: is missing");
    }

    @Test
    void aKeyWithoutAValueIsTold() {
        assertThat(problems("""
            listen:
            pools:
              size-max:
              size-min: ~
              idle-timeout: null
            """))
                .containsExactly(
                        "file:1:8 listen: has no value",
                        "file:3:12 pools.size-max: has no value",
                        "file:4:13 pools.size-min: has no value",
                        "file:5:17 pools.idle-timeout: has no value");
    }

    @Test
    void emptyListsOfNamesAreTold() {
        assertThat(problems(read("""
            auth: {users: {}}
            databases:
              shop: {shards: {}}
            """)))
                .containsExactly(
                        "file:1:15 auth.users: must name at least one user, unless query looks them up",
                        "file:3:18 databases.shop.shards: must name at least one shard");
        assertThat(problems(read("{auth: {users: {shop: {password: secret}}}, databases: {}}")))
                .containsExactly("file:1:56 databases: must name at least one database");
    }

    @Test
    void aBrokenInvariantIsToldAtTheKeyThatBreaksIt() {
        assertThat(problems("""
            pools:
              size-max: 5
              size-min: 6
            limits:
              message-max: 64KiB
            """))
                .containsExactly(
                        "file:3:13 pools.size-min: must be at most size-max, 5, is 6",
                        "file:5:3 limits.statement-max: must be at most message-max, 64KiB, is 16MiB");
    }

    @Test
    void aBadNameIsTold() {
        assertThat(problems(read("""
            auth: {users: {"${env:WORD}": {password: secret}, ~: {password: secret}}}
            databases:
              "": {shards: {a: {host: h}}}
              shop:
                shards:
                  a b: {host: h}
                  -c: {host: h}
              "bell\\a": {shards: {a: {host: h}}}
              %s: {shards: {a: {host: h}}}
            """.formatted("ä".repeat(32)))))
                .containsExactly(
                        "file:1:16 auth.users: the name \"${env:WORD}\" cannot be a reference",
                        "file:1:51 auth.users: the name \"~\" must not be empty",
                        "file:3:3 databases: the name \"\" must not be empty",
                        "file:6:7 databases.shop.shards: the name \"a b\" must be letters, digits, - and _ only, and"
                                + " begin with a letter or digit",
                        "file:7:7 databases.shop.shards: the name \"-c\" must be letters, digits, - and _ only, and"
                                + " begin with a letter or digit",
                        "file:8:3 databases: the name \"bell?\" must not hold control characters",
                        "file:9:3 databases: the name \"" + "ä".repeat(32) + "\" must be at most 63 bytes long");
    }

    @Test
    void aReferenceToNothingIsTold(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        Files.write(directory.resolve("large"), new byte[65_537]);

        assertThat(problems(read("""
            listen:
              host: ${env:NONE}-${env:OTHER}
              port: ${file:none}
            admin:
              host: ${word}
              port: ${file:binary}
              enabled: ${file:large}
            auth: {users: {shop: {password: "${file:.}"}}}
            databases: {shop: {shards: {a: {host: "${file:a\\0b}"}, b: {host: "${env:WORD"}}}}
            """, directory)))
                .containsExactly(
                        "file:2:9 listen.host: needs the environment variable NONE, which is not set",
                        "file:2:9 listen.host: needs the environment variable OTHER, which is not set",
                        "file:3:9 listen.port: needs the file none, which does not exist",
                        "file:5:9 admin.host: holds ${ without env: or file: and a closing }; for the characters ${"
                                + " write $${",
                        "file:6:9 admin.port: needs the file binary, which is not UTF-8 text",
                        "file:7:12 admin.enabled: needs the file large, which is larger than 65536 bytes",
                        "file:8:33 auth.users.shop.password: needs the file ., which cannot be read",
                        "file:9:39 databases.shop.shards.a.host: needs the file a?b, which cannot be read",
                        "file:9:66 databases.shop.shards.b.host: holds ${ without env: or file: and a closing }; for"
                                + " the characters ${ write $${");
    }

    @Test
    void filesOfTlsAreLookedFor(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("here"));

        assertThat(problems(read("""
            tls: {mode: require, key: gone}
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards:
                  a: {host: h, tls: {mode: verify-ca, certificate: here}}
                  b: {host: h, tls: {mode: require, root-certificate: here, key: here}}
                  c: {host: h, tls: {mode: better, certificate: "."}}
            """, directory)))
                .containsExactly(
                        "file:1:27 tls.key: must be the path of a file that can be read, is \"gone\"",
                        "file:6:25 databases.shop.shards.a.tls.root-certificate: is needed to verify the shard's"
                                + " certificate",
                        "file:6:25 databases.shop.shards.a.tls.key: is needed beside certificate",
                        "file:7:25 databases.shop.shards.b.tls.certificate: is needed beside key",
                        "file:7:59 databases.shop.shards.b.tls.root-certificate: is not looked at in mode require;"
                                + " write verify-ca or verify-full",
                        "file:8:32 databases.shop.shards.c.tls.mode: must be one of disable, allow, prefer, require,"
                                + " verify-ca, verify-full, is \"better\"",
                        "file:8:53 databases.shop.shards.c.tls.certificate: must be the path of a file that can be"
                                + " read, is \".\"");
        assertThat(problems("tls: {mode: allow}\n"))
                .containsExactly(
                        "file:1:6 tls.certificate: is needed unless the mode is disable",
                        "file:1:6 tls.key: is needed unless the mode is disable");
    }

    @Test
    void theAdminDatabaseIsForUsersThatThereAre() {
        assertThat(problems("admin: {stats-users: [shop, shop]}\n"))
                .containsExactly("file:1:22 admin.stats-users: must not name shop twice");
        assertThat(problems(read("""
            admin: {users: [shop, nobody], stats-users: [shop]}
            auth: {users: {shop: {password: secret}}}
            databases:
              shop: {shards: {a: {host: h}}}
              pgbraid: {shards: {a: {host: h}}}
            """)))
                .containsExactly(
                        "file:1:16 admin.users: names nobody, who is not one of auth.users",
                        "file:5:12 databases.pgbraid: is the name of the admin database");
    }

    @Test
    void aReportHasOneLinePerProblem() {
        ConfigResult result = read("listen: {port: x}\n");

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.report()).isEqualTo("""
                            file:1:1 auth.users: is missing
                            file:1:1 databases: is missing
                            file:1:16 listen.port: must be an integer, in decimal digits only, is "x"
                            """));
    }
}
