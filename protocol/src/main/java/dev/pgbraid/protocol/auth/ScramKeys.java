package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;

/// The two keys that a password comes to under one salt and number of iterations.
///
/// They stand in for the password: who has seen a client log in with them can log in to every server that stores the
/// same secret.
public record ScramKeys(ByteString clientKey, ByteString serverKey) implements ScramCredential {

    public ScramKeys {
        if (clientKey.length() != Hashes.LENGTH || serverKey.length() != Hashes.LENGTH) {
            throw new IllegalArgumentException("SCRAM keys have 32 bytes");
        }
    }

    public static ScramKeys derive(ByteString password, ByteString salt, int iterations) {
        ByteString salted = Hashes.saltedPassword(SaslPrep.password(password), salt, iterations);
        return new ScramKeys(Hashes.hmac(salted, "Client Key"), Hashes.hmac(salted, "Server Key"));
    }

    ByteString storedKey() {
        return Hashes.hash(clientKey);
    }

    /// These keys were made for the salt of the server, whatever it says.
    @Override
    public ScramKeys keys(ByteString salt, int iterations) {
        return this;
    }

    /// Hides the keys.
    @Override
    public String toString() {
        return "ScramKeys[***]";
    }
}
