package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.tree.With;
import java.util.Optional;

/// Reads whole statements, also those inside of `WITH`.
final class Statements {
    private Statements() {}

    /// Takes all tokens to the end.
    static Statement read(Cursor in) {
        int first = in.position();
        Optional<With> with = Withs.read(in);
        return switch (in.keyword()) {
            case "insert" -> Inserts.read(in, first, with);
            case "update" -> Changes.readUpdate(in, first, with);
            case "delete" -> Changes.readDelete(in, first, with);
            case "merge" -> Merges.read(in, first, with);
            default -> Queries.readAfterWith(in, first, with);
        };
    }
}
