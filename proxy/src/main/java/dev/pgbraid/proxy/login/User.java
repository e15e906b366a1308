package dev.pgbraid.proxy.login;

import dev.pgbraid.config.Secret;
import dev.pgbraid.config.SessionTimeoutConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.auth.ScramSecret;
import java.util.Optional;

/// A user who may log in, and what their proofs are held against.
///
/// @param scram absent where only an MD5 hash of the password is known
/// @param md5 absent where only a SCRAM verifier of the password is known
public record User(UserConfig config, Optional<ScramSecret> scram, Optional<Secret> md5) {

    /// One that was looked up, whose verifier must be kept by the shards too. An MD5 hash logs in to them as it is.
    ///
    /// @throws IllegalArgumentException if that is no SCRAM verifier and no MD5 hash
    public static User lookedUp(String name, String verifier) {
        Secret secret = new Secret(verifier);
        if (UserConfig.isMd5(secret)) {
            UserConfig config = UserConfig.of(name, secret);
            return new User(config, Optional.empty(), Optional.of(secret));
        }
        UserConfig config = new UserConfig(name, secret, name, Optional.empty(), SessionTimeoutConfig.DEFAULT);
        return new User(config, Optional.of(ScramSecret.parse(verifier)), Optional.empty());
    }
}
