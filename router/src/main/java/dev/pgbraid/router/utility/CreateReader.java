package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `CREATE`.
final class CreateReader {
    private static final List<String> TEMPORARY = List.of("temp", "temporary");
    private static final List<String> MODIFIERS =
            List.of("unlogged", "unique", "recursive", "constraint", "default", "trusted");

    private CreateReader() {}

    static Utility read(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.accept("or", "replace");
        cursor.acceptAny(List.of("local", "global"));
        in.setTemporary(cursor.acceptAny(TEMPORARY));
        cursor.acceptAny(MODIFIERS);
        Optional<ObjectKind> kind = in.kind();
        if (kind.isEmpty()) {
            return in.rest(new Utility.Ungrammatical());
        }
        return switch (kind.get()) {
            case TABLE -> table(in);
            case VIEW -> derived(in, Utility.Derived.Kind.VIEW);
            case MATERIALIZED_VIEW -> derived(in, Utility.Derived.Kind.TABLE);
            case FOREIGN_TABLE -> ofRelations(in, madeTable(in));
            case SEQUENCE -> sequence(in);
            case INDEX -> index(in);
            case PART_OF_TABLE -> ofTableBehind(in, "on", Treatment.EVERYWHERE);
            case RULE -> ofTableBehind(in, "to", Treatment.RULE);
            case STATISTICS -> ofTableBehind(in, "from", Treatment.EVERYWHERE);
            case PUBLICATION -> PublicationReader.read(in);
            case SCHEMA -> schema(in);
            case OF_SERVER -> in.rest(new Utility.OfServer(in.command()));
            case ALIKE -> in.rest(new Utility.Alike());
            case COLUMN, LARGE_OBJECT -> in.rest(new Utility.Ungrammatical());
        };
    }

    private static Utility ofRelations(Clause in, List<Mention> mentions) {
        return in.rest(new Utility.OfRelations(in.command(), Treatment.EVERYWHERE, mentions));
    }

    /// A trigger, a policy and the like: the table stands behind the next `keyword`.
    private static Utility ofTableBehind(Clause in, String keyword, Treatment treatment) {
        List<Mention> table = List.of(new Mention(Role.TARGET, in.nameBehind(keyword)));
        return in.rest(new Utility.OfRelations(in.command(), treatment, table));
    }

    private static Utility table(Clause in) {
        return in.find("as") == Clause.NONE ? ofRelations(in, madeTable(in)) : derived(in, Utility.Derived.Kind.TABLE);
    }

    /// The table and those that its definition needs: its parents, the targets of its foreign keys, what it is like.
    private static List<Mention> madeTable(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.accept("if", "not", "exists");
        List<Mention> mentions = new ArrayList<>();
        mentions.add(new Mention(Role.MADE, in.made()));
        for (int token = cursor.position(); token < in.end(); token++) {
            if (in.isAt(token, "partition", "of")) {
                mentions.add(new Mention(Role.TARGET, in.nameAt(token + 2)));
            } else if (in.isAt(token, "inherits")) {
                names(in, token + 2).forEach(parent -> mentions.add(new Mention(Role.TARGET, parent)));
            } else if (in.isAt(token, "references") || isLike(in, token)) {
                mentions.add(new Mention(Role.USED, in.nameAt(token + 1)));
            }
        }
        return mentions;
    }

    /// Whether an element of a table's definition is `LIKE` another table, unlike the operator of that name.
    private static boolean isLike(Clause in, int token) {
        TokenKind before = in.tokens().kind(token - 1);
        return in.isAt(token, "like") && (before == TokenKind.OPEN || before == TokenKind.COMMA);
    }

    private static List<List<String>> names(Clause in, int token) {
        TokenCursor list = new TokenCursor(in.tokens(), token, in.end());
        List<List<String>> names = new ArrayList<>();
        do {
            names.add(list.qualifiedName());
        } while (list.accept(TokenKind.COMMA));
        return names;
    }

    /// A view or a table that a query defines.
    private static Utility derived(Clause in, Utility.Derived.Kind kind) {
        TokenCursor cursor = in.cursor();
        cursor.accept("if", "not", "exists");
        List<String> name = in.made();
        int query = in.find("as") + 1;
        if (query == 0) {
            cursor.fail();
        }
        return in.rest(new Utility.Derived(kind, in.command(), name, query, queryEnd(in)));
    }

    /// What follows the query belongs to what is made.
    private static int queryEnd(Clause in) {
        int end = in.end();
        if (in.isAt(end - 2, "check", "option")) {
            boolean isPlain = in.isAt(end - 3, "with");
            return isPlain ? end - 3 : end - 4;
        }
        if (in.isAt(end - 2, "with", "data")) {
            return end - 2;
        }
        return in.isAt(end - 3, "with", "no", "data") ? end - 3 : end;
    }

    private static Utility sequence(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.accept("if", "not", "exists");
        List<Mention> mentions = new ArrayList<>();
        mentions.add(new Mention(Role.MADE, in.made()));
        mentions.addAll(SequenceOwner.of(in));
        return in.rest(new Utility.OfRelations(in.command(), Treatment.SEQUENCE, mentions));
    }

    private static Utility index(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.accept("concurrently");
        cursor.accept("if", "not", "exists");
        if (!cursor.isNext("on")) {
            cursor.name();
        }
        cursor.expect("on");
        return ofRelations(in, List.of(new Mention(Role.TARGET, in.relation())));
    }

    /// A schema that is made with things in it would need each of them to be read.
    private static Utility schema(Clause in) {
        if (in.find("create") != Clause.NONE || in.find("grant") != Clause.NONE) {
            in.cursor().fail();
        }
        return in.rest(new Utility.Alike());
    }
}
