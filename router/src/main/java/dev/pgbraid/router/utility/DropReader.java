package dev.pgbraid.router.utility;

import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.List;
import java.util.Optional;

/// Reads `DROP`.
final class DropReader {
    private DropReader() {}

    static Utility read(Clause in) {
        Optional<ObjectKind> kind = in.kind();
        if (kind.isEmpty()) {
            return in.rest(new Utility.Ungrammatical());
        }
        return switch (kind.get()) {
            case TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW -> relations(in, Role.TARGET, Treatment.EVERYWHERE);
            case VIEW -> relations(in, Role.VIEW, Treatment.EVERYWHERE);
            case SEQUENCE -> relations(in, Role.TARGET, Treatment.SEQUENCE);
            case INDEX -> relations(in, Role.INDEX, Treatment.EVERYWHERE);
            case PART_OF_TABLE, RULE ->
                in.rest(new Utility.OfRelations(
                        in.command(), Treatment.EVERYWHERE, List.of(new Mention(Role.TARGET, in.nameBehind("on")))));
            case OF_SERVER -> in.rest(new Utility.OfServer(in.command()));
            case ALIKE, SCHEMA, PUBLICATION -> in.rest(new Utility.Alike());
            case STATISTICS -> in.rest(new Utility.Unreadable(in.command()));
            case COLUMN, LARGE_OBJECT -> in.rest(new Utility.Ungrammatical());
        };
    }

    private static Utility relations(Clause in, Role role, Treatment treatment) {
        TokenCursor cursor = in.cursor();
        cursor.accept("concurrently");
        boolean ifExists = cursor.accept("if", "exists");
        List<Mention> mentions = in.relations(role);
        cursor.acceptAny(List.of("cascade", "restrict"));
        return new Utility.OfRelations(in.command(), treatment, ifExists, mentions, List.of());
    }
}
