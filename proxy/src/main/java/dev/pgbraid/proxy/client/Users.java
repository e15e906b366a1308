package dev.pgbraid.proxy.client;

import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.auth.ScramSecret;
import dev.pgbraid.protocol.auth.ScramServer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may log in.
final class Users {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    private record User(UserConfig config, ScramSecret secret) {}

    private final SecureRandom random = new SecureRandom();
    private final ByteString mockKey = randomBytes(KEY_BYTES);
    private final Map<String, User> users = new HashMap<>();

    Users(List<UserConfig> configs) {
        for (UserConfig config : configs) {
            String password = config.password().reveal();
            ScramSecret secret = config.hasVerifier()
                    ? ScramSecret.parse(password)
                    : ScramSecret.derive(
                            ByteString.utf8(password), randomBytes(SALT_BYTES), ScramSecret.ITERATIONS_DEFAULT);
            users.put(config.name(), new User(config, secret));
        }
    }

    Optional<UserConfig> find(String name) {
        return Optional.ofNullable(users.get(name)).map(User::config);
    }

    /// Begins a SCRAM exchange, which goes the same way for a user that does not exist and fails at the end.
    ScramServer exchange(String name, ScramMechanism mechanism, ChannelBinding binding) {
        User user = users.get(name);
        ScramSecret secret = user == null
                ? ScramSecret.mock(mockKey, ByteString.utf8(name), ScramSecret.ITERATIONS_DEFAULT)
                : user.secret;
        return new ScramServer(mechanism, binding, secret, ScramNonce.random(random));
    }

    private ByteString randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyOf(bytes);
    }
}
