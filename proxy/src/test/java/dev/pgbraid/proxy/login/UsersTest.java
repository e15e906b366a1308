package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.Secret;
import dev.pgbraid.config.SessionTimeoutConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramSecret;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who does not exist looks like somebody who does.
class UsersTest {
    private static final ByteString SALT = ByteString.utf8("0123456789abcdef");
    private static final List<String> NOBODIES =
            IntStream.range(0, 100).mapToObj(number -> "nobody" + number).toList();

    private static UserConfig withVerifier(String name, int iterations) {
        String verifier =
                ScramSecret.derive(ByteString.utf8("secret"), SALT, iterations).format();
        return new UserConfig(name, new Secret(verifier), name, Optional.empty(), SessionTimeoutConfig.DEFAULT);
    }

    private static List<Integer> iterations(Users users) {
        return NOBODIES.stream()
                .map(name -> users.scramSecret(name, Optional.empty()).iterations())
                .toList();
    }

    private static List<Boolean> withMd5(Users users) {
        return NOBODIES.stream()
                .map(name -> users.md5Secret(name, Optional.empty()).isPresent())
                .toList();
    }

    @Test
    void someLookLikeEachOfTheOthers() {
        Users users = new Users(List.of(withVerifier("a", 4096), withVerifier("b", 10), withVerifier("c", 20)));
        assertThat(iterations(users)).contains(4096, 10, 20).containsOnly(4096, 10, 20);
        assertThat(withMd5(users)).containsOnly(false);
    }

    @Test
    void someProveThemselvesByMd5WhereSomeUsersDo() {
        UserConfig plain = UserConfig.of("plain", new Secret("secret"));
        assertThat(withMd5(new Users(List.of(plain)))).containsOnly(true);
        assertThat(withMd5(new Users(List.of(plain, withVerifier("a", 10))))).contains(true, false);
    }

    @Test
    void usersThatAreLookedUpAreLookedLikeToo() {
        Users users = new Users(List.of());
        assertThat(iterations(users)).containsOnly(ScramSecret.ITERATIONS_DEFAULT);
        users.see(User.lookedUp("a", withVerifier("a", 10).password().reveal()));
        assertThat(iterations(users)).containsOnly(10);
        users.see(User.lookedUp("b", "md5" + "0".repeat(32)));
        assertThat(withMd5(users)).contains(true, false);
    }

    @Test
    void everybodyLooksTheSameEachTime() {
        List<UserConfig> configs = List.of(withVerifier("a", 10), withVerifier("b", 20));
        Users users = new Users(configs);
        Users reloaded = users.with(configs);
        for (String name : NOBODIES) {
            ScramSecret secret = users.scramSecret(name, Optional.empty());
            assertThat(users.scramSecret(name, Optional.empty())).isEqualTo(secret);
            assertThat(reloaded.scramSecret(name, Optional.empty())).isEqualTo(secret);
        }
        assertThat(iterations(reloaded)).isEqualTo(iterations(users));
    }

    @Test
    void whatIsLearntOutlivesAReload() {
        Users users = new Users(List.of());
        users.see(User.lookedUp("a", withVerifier("a", 10).password().reveal()));
        assertThat(iterations(users.with(List.of()))).containsOnly(10);
    }
}
