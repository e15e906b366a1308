package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.List;

/// Who may log in.
///
/// @param users the users by name, at least one. Reload: new logins.
public record AuthConfig(List<UserConfig> users) {
    private static final Key<List<UserConfig>> USERS =
            Key.required("users", NamedBlocks.of(UserConfig.NAME, UserConfig.BLOCK));

    static final Block<AuthConfig> BLOCK =
            new Block<>(AuthConfig.class, List.of(USERS), values -> new AuthConfig(values.get(USERS)));

    public AuthConfig {
        users = List.copyOf(users);
        new Invariants()
                .require(USERS, !users.isEmpty(), "must name at least one user")
                .requireDistinct(USERS, users.stream().map(UserConfig::name).toList())
                .check();
    }
}
