package dev.pgbraid.proxy.login;

import dev.pgbraid.config.Secret;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.Md5;
import dev.pgbraid.protocol.auth.ScramSecret;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may log in.
public final class Users {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final ByteString mockKey;
    private final Map<String, User> users = new HashMap<>();
    private final Looks looks;

    public Users(List<UserConfig> configs) {
        mockKey = randomBytes(KEY_BYTES);
        configs.forEach(config -> users.put(config.name(), prepare(config)));
        looks = Looks.of(users.values());
    }

    /// Who is the same as before keeps their salt, and so do those who do not exist.
    private Users(List<UserConfig> configs, Users before) {
        mockKey = before.mockKey;
        for (UserConfig config : configs) {
            Optional<User> same =
                    before.find(config.name()).filter(user -> user.config().equals(config));
            users.put(config.name(), same.orElseGet(() -> prepare(config)));
        }
        looks = before.looks.with(users.values());
    }

    Users with(List<UserConfig> configs) {
        return new Users(configs, this);
    }

    /// Takes note of a user who was found elsewhere.
    public void see(User user) {
        looks.see(user);
    }

    public Optional<User> find(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /// What a proof by SCRAM is held against: something that no password fits where there is nothing.
    ScramSecret scramSecret(String name, Optional<User> user) {
        // Made in any case, so that the time does not tell who exists.
        ScramSecret mock =
                ScramSecret.mock(mockKey, ByteString.utf8(name), look(name).iterations());
        return user.flatMap(User::scram).orElse(mock);
    }

    /// What a proof by MD5 is held against, if that is how such a user proves anything.
    Optional<Secret> md5Secret(String name, Optional<User> user) {
        // Made in any case, as above.
        Optional<Secret> mock =
                Optional.of(md5(name, mockKey)).filter(_ -> look(name).hasMd5());
        return user.map(User::md5).orElse(mock);
    }

    private Looks.Look look(String name) {
        // The secret has a part in it, so that nobody can tell from the name alone.
        return looks.of(ByteString.utf8(md5(name, mockKey).reveal()));
    }

    ByteString randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyOf(bytes);
    }

    SecureRandom random() {
        return random;
    }

    private User prepare(UserConfig config) {
        String password = config.password().reveal();
        if (config.hasVerifier()) {
            return new User(config, Optional.of(ScramSecret.parse(password)), Optional.empty());
        }
        if (config.hasMd5()) {
            return new User(config, Optional.empty(), Optional.of(config.password()));
        }
        ByteString bytes = ByteString.utf8(password);
        ScramSecret scram = ScramSecret.derive(bytes, randomBytes(SALT_BYTES), ScramSecret.ITERATIONS_DEFAULT);
        return new User(config, Optional.of(scram), Optional.of(md5(config.name(), bytes)));
    }

    private static Secret md5(String name, ByteString password) {
        return new Secret(Md5.secret(ByteString.utf8(name), password).toString());
    }
}
