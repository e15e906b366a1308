package dev.pgbraid.router.utility;

import dev.pgbraid.router.utility.Mention.Role;
import java.util.List;

/// Reads which table a sequence comes to belong to.
final class SequenceOwner {
    private SequenceOwner() {}

    /// The table of `OWNED BY table.column`, if there is one.
    static List<Mention> of(Clause in) {
        int owned = in.find("owned");
        if (owned == Clause.NONE || in.isAt(owned, "owned", "by", "none")) {
            return List.of();
        }
        List<String> column = in.nameAt(owned + 2);
        if (column.size() < 2) {
            in.cursor().fail();
            return List.of();
        }
        return List.of(new Mention(Role.OWNER, column.subList(0, column.size() - 1)));
    }
}
