package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The SCRAM keys of the passwords that the proxy logs in with. Shared by all event loops, called from none of them.
///
/// To derive keys takes milliseconds of hashing, on purpose, so it is done once per password and salt.
public final class ScramKeyCache {
    static final int KEYS_MAX = 1024;

    private final Map<Question, ScramKeys> answers = new ConcurrentHashMap<>();

    private record Question(ByteString password, ByteString salt, int iterations) {

        /// Hides the password.
        @Override
        public String toString() {
            return "Question[***]";
        }
    }

    /// The keys; blocks while they are derived, be it by another thread.
    public ScramKeys keys(ByteString password, ByteString salt, int iterations) {
        if (answers.size() >= KEYS_MAX) {
            // Only a server that makes up a salt each time comes here, and gains nothing by it.
            answers.clear();
        }
        return answers.computeIfAbsent(
                new Question(password, salt, iterations), _ -> ScramKeys.derive(password, salt, iterations));
    }

    int size() {
        return answers.size();
    }
}
