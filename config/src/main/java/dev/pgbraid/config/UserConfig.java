package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A user who may log in, and the login that serves them at the shards.
///
/// @param name the name that the client logs in with. Reload: new logins.
/// @param password the password in plain text, or what PostgreSQL keeps of it: its SCRAM verifier
///     (`SCRAM-SHA-256$4096:…`) or its MD5 hash (`md5…`). Reload: new logins.
/// @param shardUser the user that the proxy logs in to the shards with. Reload: new backends.
/// @param shardPassword the password, in plain text, that the proxy logs in to the shards with. Without it a user
///     whose `password` is a SCRAM verifier logs in to the shards by the client's own proof, for which they must
///     keep the same verifier. Reload: new backends.
/// @param timeouts how long things may take for the user. Reload: at once.
public record UserConfig(
        String name, Secret password, String shardUser, Optional<Secret> shardPassword, SessionTimeoutConfig timeouts) {
    private static final String VERIFIER_START = "SCRAM-SHA-256$";
    private static final Pattern MD5_FORM = Pattern.compile("md5[0-9a-f]{32}");
    private static final Pattern VERIFIER_FORM = Pattern.compile(
            "SCRAM-SHA-256\\$[1-9][0-9]{0,8}:[A-Za-z0-9+/]+={0,2}" + "\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=");

    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<Secret> PASSWORD = Key.required(
            "password",
            Scalars.SECRET.where(
                    UserConfig::isPlainOrWholeVerifier,
                    "begins like a SCRAM verifier but is not one: SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey"));
    private static final Key<Optional<String>> SHARD_USER = Key.optional("shard-user", Scalars.NAME, "the user's name");
    private static final Key<Optional<Secret>> SHARD_PASSWORD = Key.optional(
            "shard-password",
            Scalars.SECRET.where(
                    secret -> !isVerifier(secret), "must be the password itself: a SCRAM verifier cannot log in"),
            "password, unless that is a verifier");
    private static final Key<SessionTimeoutConfig> TIMEOUTS = Key.of("timeouts", SessionTimeoutConfig.BLOCK);

    static final Block<UserConfig> BLOCK =
            new Block<>(UserConfig.class, List.of(PASSWORD, SHARD_USER, SHARD_PASSWORD, TIMEOUTS), UserConfig::from);

    public UserConfig {
        new Invariants()
                .require(NAME, name)
                .require(PASSWORD, password)
                .require(SHARD_USER, Optional.of(shardUser))
                .require(SHARD_PASSWORD, shardPassword)
                .require(
                        SHARD_PASSWORD,
                        shardPassword.isPresent() || isVerifier(password),
                        "is needed, for password cannot log in to a shard")
                .check();
    }

    /// A user whose password is the same everywhere.
    public static UserConfig of(String name, Secret password) {
        return new UserConfig(name, password, name, Optional.of(password), SessionTimeoutConfig.DEFAULT);
    }

    private static UserConfig from(Values values) {
        String name = values.names().getLast();
        Secret password = values.get(PASSWORD);
        Optional<Secret> own = isVerifier(password) || isMd5(password) ? Optional.empty() : Optional.of(password);
        return new UserConfig(
                name,
                password,
                values.get(SHARD_USER).orElse(name),
                values.get(SHARD_PASSWORD).or(() -> own),
                values.get(TIMEOUTS));
    }

    /// Whether the password is known only by its SCRAM verifier.
    public boolean hasVerifier() {
        return isVerifier(password);
    }

    /// Whether the password is known only by its MD5 hash.
    public boolean hasMd5() {
        return isMd5(password);
    }

    /// Whether that is the MD5 hash that PostgreSQL keeps of a password.
    public static boolean isMd5(Secret secret) {
        return MD5_FORM.matcher(secret.reveal()).matches();
    }

    private static boolean isVerifier(Secret secret) {
        return secret.reveal().startsWith(VERIFIER_START);
    }

    private static boolean isPlainOrWholeVerifier(Secret secret) {
        return !isVerifier(secret) || VERIFIER_FORM.matcher(secret.reveal()).matches();
    }
}
