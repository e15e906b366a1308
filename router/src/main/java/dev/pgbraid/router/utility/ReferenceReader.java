package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.List;
import java.util.Optional;

/// Reads what is said about objects that are there: remarks, labels and privileges.
final class ReferenceReader {
    private ReferenceReader() {}

    /// Reads on from `COMMENT` or `SECURITY`.
    static Utility readRemark(String command, Clause in) {
        TokenCursor cursor = in.cursor();
        if (command.equals("security")) {
            cursor.expect("label");
            if (cursor.accept("for")) {
                cursor.wordOrString();
            }
        }
        cursor.expect("on");
        Optional<ObjectKind> kind = in.kind();
        if (kind.isEmpty()) {
            return in.rest(new Utility.Ungrammatical());
        }
        return switch (kind.get()) {
            case TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW, SEQUENCE -> relation(in, Role.TARGET, kind.get());
            case VIEW -> relation(in, Role.VIEW, kind.get());
            case INDEX -> relation(in, Role.INDEX, kind.get());
            case COLUMN -> column(in);
            case PART_OF_TABLE, RULE -> partOfTable(in);
            case LARGE_OBJECT -> in.rest(new Utility.AtHome());
            case OF_SERVER -> in.rest(new Utility.OfServer(in.command()));
            case ALIKE, SCHEMA, PUBLICATION -> in.rest(new Utility.Alike());
            case STATISTICS -> in.rest(new Utility.Unreadable(in.command()));
        };
    }

    private static Utility relation(Clause in, Role role, ObjectKind kind) {
        Mention mention = new Mention(role, in.cursor().qualifiedName());
        Treatment treatment = kind == ObjectKind.SEQUENCE ? Treatment.SEQUENCE : Treatment.EVERYWHERE;
        return in.rest(new Utility.OfRelations(in.command(), treatment, List.of(mention)));
    }

    private static Utility column(Clause in) {
        List<String> name = in.cursor().qualifiedName();
        if (name.size() < 2) {
            in.cursor().fail();
            return new Utility.Ungrammatical();
        }
        Mention mention = new Mention(Role.TARGET, name.subList(0, name.size() - 1));
        return in.rest(new Utility.OfRelations(in.command(), Treatment.EVERYWHERE, List.of(mention)));
    }

    private static Utility partOfTable(Clause in) {
        int on = in.find("on");
        if (on != Clause.NONE && in.isAt(on, "on", "domain")) {
            return in.rest(new Utility.Alike());
        }
        Mention mention = new Mention(Role.TARGET, in.nameBehind("on"));
        return in.rest(new Utility.OfRelations(in.command(), Treatment.EVERYWHERE, List.of(mention)));
    }

    /// Reads on from `GRANT` or `REVOKE`. One without `ON` is about roles.
    static Utility readPrivileges(String command, Clause in) {
        TokenCursor cursor = in.cursor();
        int on = in.find("on");
        int receiver = in.find(command.equals("grant") ? "to" : "from");
        if (receiver == Clause.NONE) {
            return in.rest(new Utility.Ungrammatical());
        }
        if (on == Clause.NONE || on > receiver) {
            return in.rest(new Utility.Alike());
        }
        while (cursor.position() <= on) {
            cursor.step();
        }
        if (cursor.isNext("all") && cursor.kind(1) == TokenKind.WORD) {
            return in.rest(new Utility.Alike());
        }
        Optional<ObjectKind> kind = ObjectKind.accept(cursor);
        return switch (kind.orElse(ObjectKind.TABLE)) {
            case TABLE -> relations(in, Treatment.EVERYWHERE);
            case SEQUENCE -> relations(in, Treatment.SEQUENCE);
            case LARGE_OBJECT -> in.rest(new Utility.AtHome());
            case OF_SERVER -> in.rest(new Utility.OfServer(in.command()));
            case ALIKE, SCHEMA -> in.rest(new Utility.Alike());
            default -> in.rest(new Utility.Ungrammatical());
        };
    }

    private static Utility relations(Clause in, Treatment treatment) {
        return in.rest(new Utility.OfRelations(in.command(), treatment, in.relations(Role.TARGET)));
    }
}
