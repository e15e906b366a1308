package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Users that are looked up at the home shard of the database that they want.
///
/// @param user the user that the proxy looks them up with; without one nothing is looked up. Reload: new logins.
/// @param password the password of that user. Reload: new logins.
/// @param statement gives a row of the user's name and SCRAM verifier for a name, `$1`. Whoever has no row or a NULL
///     in it cannot log in. The one that is found logs in to the shards by the proof of the client.
///     Reload: new logins.
/// @param cacheTime how long an answer is good for, that there is no such user included. Reload: new logins.
public record AuthQueryConfig(Optional<String> user, Optional<Secret> password, String statement, Duration cacheTime) {
    private static final String ROLE = "SELECT rolname,"
            + " CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END"
            + " FROM pg_catalog.pg_authid WHERE rolname = $1 AND rolcanlogin";

    private static final Key<Optional<String>> USER = Key.optional("user", Scalars.NAME, "none");
    private static final Key<Optional<Secret>> PASSWORD = Key.optional("password", Scalars.SECRET, "none");
    private static final Key<String> STATEMENT = Key.of("statement", Scalars.TEXT, ROLE);
    private static final Key<Duration> CACHE_TIME =
            Key.of("cache-time", Scalars.TIMEOUT_OR_NONE, Duration.ofSeconds(5));

    static final Block<AuthQueryConfig> BLOCK = new Block<>(
            AuthQueryConfig.class,
            List.of(USER, PASSWORD, STATEMENT, CACHE_TIME),
            values -> new AuthQueryConfig(
                    values.get(USER), values.get(PASSWORD), values.get(STATEMENT), values.get(CACHE_TIME)));

    public static final AuthQueryConfig DEFAULT = BLOCK.defaults();

    public AuthQueryConfig {
        new Invariants()
                .require(USER, user.isPresent() || password.isEmpty(), "is needed beside password")
                .require(PASSWORD, password.isPresent() || user.isEmpty(), "is needed beside user")
                .require(STATEMENT, statement)
                .require(CACHE_TIME, cacheTime)
                .check();
    }
}
