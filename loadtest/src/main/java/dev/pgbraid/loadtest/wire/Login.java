package dev.pgbraid.loadtest.wire;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramCredential;
import dev.pgbraid.protocol.auth.ScramKeys;
import dev.pgbraid.protocol.auth.ScramSecret;

/// A user with what proves it.
///
/// @param credential the password, or the keys made from it: deriving those anew for each of ten thousand logins would
///     take longer than the logins
public record Login(String user, String password, ScramCredential credential) {

    public static Login of(String user, String password) {
        return new Login(user, password, new ScramCredential.Password(ByteString.utf8(password)));
    }

    /// A login for servers that store exactly this secret.
    public static Login of(String user, String password, ScramSecret secret) {
        return new Login(
                user, password, ScramKeys.derive(ByteString.utf8(password), secret.salt(), secret.iterations()));
    }

    @Override
    public String toString() {
        return user;
    }
}
