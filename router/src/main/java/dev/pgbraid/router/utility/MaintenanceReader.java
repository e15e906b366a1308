package dev.pgbraid.router.utility;

import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.List;

/// Reads what keeps tables in order, empties or locks them.
final class MaintenanceReader {
    private static final List<String> OPTIONS = List.of("full", "freeze", "verbose", "analyze", "analyse");

    private MaintenanceReader() {}

    static Utility read(String command, Clause in) {
        return switch (command) {
            case "truncate" -> truncate(in);
            case "reindex" -> reindex(in);
            case "cluster" -> cluster(in);
            case "refresh" -> refresh(in);
            default -> vacuum(in);
        };
    }

    private static Utility ofRelations(Clause in, Treatment treatment, List<Mention> mentions) {
        return new Utility.OfRelations(in.command(), treatment, mentions);
    }

    private static Utility truncate(Clause in) {
        in.cursor().accept("table");
        List<Mention> mentions = in.relations(Role.TARGET);
        return in.rest(ofRelations(in, Treatment.EVERYWHERE, mentions));
    }

    /// `LOCK [TABLE]`
    static Utility readLock(Clause in) {
        in.cursor().accept("table");
        List<Mention> mentions = in.relations(Role.TARGET);
        return in.rest(ofRelations(in, Treatment.LOCK, mentions));
    }

    /// `VACUUM` or `ANALYZE`; without tables it is about all of them.
    private static Utility vacuum(Clause in) {
        TokenCursor cursor = in.cursor();
        in.skipParentheses();
        while (cursor.acceptAny(OPTIONS)) {
            in.skipParentheses();
        }
        return cursor.isAtEnd()
                ? new Utility.Alike()
                : ofRelations(in, Treatment.EVERYWHERE, in.relations(Role.TARGET));
    }

    private static Utility reindex(Clause in) {
        TokenCursor cursor = in.cursor();
        in.skipParentheses();
        String what = cursor.keyword();
        cursor.acceptAny(List.of("index", "table", "schema", "database", "system"));
        cursor.accept("concurrently");
        return switch (what) {
            case "index" -> ofRelations(in, Treatment.EVERYWHERE, in.relations(Role.INDEX));
            case "table" -> ofRelations(in, Treatment.EVERYWHERE, in.relations(Role.TARGET));
            case "schema" -> in.rest(new Utility.Alike());
            case "database", "system" ->
                cursor.isAtEnd() ? new Utility.Alike() : in.rest(new Utility.OfServer(in.command()));
            default -> in.rest(new Utility.Ungrammatical());
        };
    }

    /// The older form names the index first: `CLUSTER index ON table`.
    private static Utility cluster(Clause in) {
        TokenCursor cursor = in.cursor();
        in.skipParentheses();
        cursor.accept("verbose");
        if (cursor.isAtEnd()) {
            return new Utility.Alike();
        }
        List<String> name = cursor.qualifiedName();
        if (cursor.accept("on")) {
            name = cursor.qualifiedName();
        } else if (cursor.accept("using")) {
            cursor.name();
        }
        return ofRelations(in, Treatment.EVERYWHERE, List.of(new Mention(Role.TARGET, name)));
    }

    private static Utility refresh(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.expect("materialized", "view");
        cursor.accept("concurrently");
        Mention view = new Mention(Role.TARGET, cursor.qualifiedName());
        return in.rest(ofRelations(in, Treatment.EVERYWHERE, List.of(view)));
    }
}
