package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;

/// What a client logs in with.
public interface ScramCredential {

    /// The keys under a server's salt. To find them may take milliseconds.
    ScramKeys keys(ByteString salt, int iterations);

    record Password(ByteString password) implements ScramCredential {

        @Override
        public ScramKeys keys(ByteString salt, int iterations) {
            return ScramKeys.derive(password, salt, iterations);
        }

        /// Hides the password.
        @Override
        public String toString() {
            return "Password[***]";
        }
    }
}
