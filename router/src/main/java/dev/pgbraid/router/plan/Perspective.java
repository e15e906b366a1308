package dev.pgbraid.router.plan;

import dev.pgbraid.router.lexer.TextRules;
import java.util.Optional;
import java.util.Set;

/// What a session has set that decides what its statements mean, and where it wants them to run.
///
/// Sessions with equal ones share one object.
///
/// @param rules how its texts are read
/// @param user who it is on the shards, for `"$user"` in the search path
/// @param searchPath the setting of that name, as its text
/// @param temporary the names of its temporary tables and views, which hide others
/// @param shard the setting `pgbraid.shard`: the name of the shard where statements run that do not say it themselves
/// @param key the setting `pgbraid.key`: the key of the rows that such statements are about
public record Perspective(
        TextRules rules,
        String user,
        String searchPath,
        Set<String> temporary,
        Optional<String> shard,
        Optional<String> key) {
    public Perspective {
        temporary = Set.copyOf(temporary);
    }
}
