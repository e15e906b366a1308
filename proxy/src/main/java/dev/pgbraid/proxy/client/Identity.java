package dev.pgbraid.proxy.client;

import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.auth.ScramKeys;
import java.util.Optional;

/// Who a session is, and where.
///
/// @param lookedUp whether the user was found by the query for users and not in the configuration
/// @param keys what the proof of the client revealed
record Identity(String database, UserConfig user, boolean lookedUp, Optional<ScramKeys> keys) {}
