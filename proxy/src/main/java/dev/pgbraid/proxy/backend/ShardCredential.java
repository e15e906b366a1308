package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.Secret;
import dev.pgbraid.protocol.auth.ScramKeys;

/// What backends log in with.
public sealed interface ShardCredential {

    /// The password that the configuration gives.
    record Password(Secret password) implements ShardCredential {}

    /// What a client's proof has revealed. It fits where the server keeps the same verifier as the proxy.
    record PassedThrough(ScramKeys keys) implements ShardCredential {}
}
