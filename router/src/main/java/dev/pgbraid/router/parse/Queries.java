package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.With;
import java.util.Optional;

/// Reads queries.
final class Queries {
    private Queries() {}

    /// Reads the query in the parentheses that are next, and takes these too.
    static Query readInParentheses(Cursor in) {
        return in.nested(() -> in.inside(() -> read(in)));
    }

    /// Takes all tokens to the end.
    static Query read(Cursor in) {
        int first = in.position();
        return readAfterWith(in, first, Withs.read(in));
    }

    static Query readAfterWith(Cursor in, int first, Optional<With> with) {
        Skeleton skeleton = SkeletonWriter.ofQuery(in);
        return SkeletonReader.readQuery(in, skeleton, first, with);
    }
}
