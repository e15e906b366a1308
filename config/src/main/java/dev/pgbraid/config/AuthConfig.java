package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.List;

/// Who may log in.
///
/// @param users the users by name, at least one. Reload: new logins.
/// @param rules how clients log in, by a name for each rule, in an order that counts: the first that fits a connection
///     decides, and where none does it is refused. Without any rule all log in by scram-sha-256. Reload: new logins.
public record AuthConfig(List<UserConfig> users, List<LoginRuleConfig> rules) {
    private static final Key<List<UserConfig>> USERS =
            Key.required("users", NamedBlocks.of(UserConfig.NAME, UserConfig.BLOCK));

    private static final Key<List<LoginRuleConfig>> RULES =
            Key.of("rules", NamedBlocks.of(LoginRuleConfig.NAME, LoginRuleConfig.BLOCK));

    static final Block<AuthConfig> BLOCK = new Block<>(
            AuthConfig.class, List.of(USERS, RULES), values -> new AuthConfig(values.get(USERS), values.get(RULES)));

    public AuthConfig {
        users = List.copyOf(users);
        rules = List.copyOf(rules);
        new Invariants()
                .require(USERS, !users.isEmpty(), "must name at least one user")
                .requireDistinct(USERS, users.stream().map(UserConfig::name).toList())
                .requireDistinct(
                        RULES, rules.stream().map(LoginRuleConfig::name).toList())
                .check();
    }
}
