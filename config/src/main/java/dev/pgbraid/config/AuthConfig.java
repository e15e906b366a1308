package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.List;

/// Who may log in.
///
/// @param users the users by name, at least one unless there is a query; the sessions of one that is removed, or whose
///     `shard-user` changes, end after their transaction. Reload: new logins.
/// @param rules how clients log in, by a name for each rule, in an order that counts: the first that fits a connection
///     decides, and where none does it is refused. Without any rule all log in by scram-sha-256. Reload: new logins.
/// @param query users that are looked up; those in `users` go first. Reload: new logins.
public record AuthConfig(List<UserConfig> users, List<LoginRuleConfig> rules, AuthQueryConfig query) {
    private static final Key<List<UserConfig>> USERS =
            Key.required("users", NamedBlocks.of(UserConfig.NAME, UserConfig.BLOCK));

    private static final Key<List<LoginRuleConfig>> RULES =
            Key.of("rules", NamedBlocks.of(LoginRuleConfig.NAME, LoginRuleConfig.BLOCK));

    private static final Key<AuthQueryConfig> QUERY = Key.of("query", AuthQueryConfig.BLOCK);

    static final Block<AuthConfig> BLOCK = new Block<>(
            AuthConfig.class,
            List.of(USERS, RULES, QUERY),
            values -> new AuthConfig(values.get(USERS), values.get(RULES), values.get(QUERY)));

    /// Exactly these users, by scram-sha-256.
    public static AuthConfig of(List<UserConfig> users) {
        return new AuthConfig(users, List.of(), AuthQueryConfig.DEFAULT);
    }

    public AuthConfig {
        users = List.copyOf(users);
        rules = List.copyOf(rules);
        new Invariants()
                .require(
                        USERS,
                        !users.isEmpty() || query.user().isPresent(),
                        "must name at least one user, unless query looks them up")
                .requireDistinct(USERS, users.stream().map(UserConfig::name).toList())
                .requireDistinct(
                        RULES, rules.stream().map(LoginRuleConfig::name).toList())
                .check();
    }
}
