package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `ALTER`.
final class AlterReader {
    private final Clause in;
    private final TokenCursor cursor;
    private final List<Mention> mentions = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();

    private boolean ifExists;

    private AlterReader(Clause in) {
        this.in = in;
        this.cursor = in.cursor();
    }

    static Utility read(Clause in) {
        return new AlterReader(in).read();
    }

    private Utility read() {
        Optional<ObjectKind> kind = in.kind();
        if (kind.isEmpty()) {
            return in.rest(new Utility.Ungrammatical());
        }
        return switch (kind.get()) {
            case TABLE, FOREIGN_TABLE, MATERIALIZED_VIEW -> relation(Role.TARGET);
            case VIEW -> relation(Role.VIEW);
            case INDEX -> relation(Role.INDEX);
            case SEQUENCE -> sequence();
            case PART_OF_TABLE, RULE -> partOfTable();
            case PUBLICATION -> PublicationReader.read(in);
            case SCHEMA -> schema();
            case LARGE_OBJECT -> in.rest(new Utility.AtHome());
            case OF_SERVER -> in.rest(new Utility.OfServer(in.command()));
            case ALIKE -> in.rest(new Utility.Alike());
            case STATISTICS -> in.rest(new Utility.Unreadable(in.command()));
            case COLUMN -> in.rest(new Utility.Ungrammatical());
        };
    }

    private Utility ofRelations(Treatment treatment) {
        return in.rest(new Utility.OfRelations(in.command(), treatment, ifExists, mentions, columns));
    }

    private Utility partOfTable() {
        mentions.add(new Mention(Role.TARGET, in.nameBehind("on")));
        return ofRelations(Treatment.EVERYWHERE);
    }

    private Utility schema() {
        String name = cursor.name();
        if (!cursor.accept("rename", "to")) {
            return in.rest(new Utility.Alike());
        }
        return new Utility.SchemaRenamed(name, cursor.name());
    }

    private Utility sequence() {
        ifExists = cursor.accept("if", "exists");
        List<String> name = cursor.qualifiedName();
        mentions.add(new Mention(Role.TARGET, name));
        mentions.addAll(SequenceOwner.of(in));
        rename(name);
        return ofRelations(Treatment.SEQUENCE);
    }

    private Utility relation(Role role) {
        if (cursor.accept("all", "in", "tablespace")) {
            return in.rest(new Utility.OfServer(in.command()));
        }
        ifExists = cursor.accept("if", "exists");
        List<String> name = in.relation();
        mentions.add(new Mention(role, name));
        if (role != Role.INDEX) {
            rename(name);
        }
        int last = in.end();
        for (int token = cursor.position(); token < last; token++) {
            action(token, role);
        }
        return ofRelations(Treatment.EVERYWHERE);
    }

    /// What the relation is called afterwards.
    private void rename(List<String> name) {
        List<String> renamed = new ArrayList<>(name);
        if (cursor.accept("rename", "to")) {
            renamed.set(renamed.size() - 1, cursor.name());
            mentions.add(new Mention(Role.RENAMED, renamed));
        } else if (cursor.accept("set", "schema")) {
            mentions.add(new Mention(Role.RENAMED, List.of(cursor.name(), name.getLast())));
        }
    }

    /// One place where an action can begin, or a clause of one.
    private void action(int token, Role role) {
        if (in.isAt(token, "attach", "partition") || in.isAt(token, "detach", "partition")) {
            mentions.add(new Mention(role, in.nameAt(token + 2)));
        } else if (in.isAt(token, "inherit") && in.isNameAt(token + 1)) {
            mentions.add(new Mention(role, in.nameAt(token + 1)));
        } else if (in.isAt(token, "references")) {
            mentions.add(new Mention(Role.USED, in.nameAt(token + 1)));
        } else if (isActionStart(token)) {
            column(token);
        }
    }

    private boolean isActionStart(int token) {
        return token == cursor.position() || in.tokens().kind(token - 1) == TokenKind.COMMA;
    }

    /// Which column is dropped, renamed or gets another type, if one is.
    private void column(int token) {
        int name = columnAt(token + 1);
        boolean isRetyped = in.isAt(token, "alter") && (in.isAt(name + 1, "type") || in.isAt(name + 1, "set", "data"));
        boolean isOther = in.isAt(token, "drop") || in.isAt(token, "rename");
        boolean isColumn = !in.isAt(token + 1, "constraint") && !in.isAt(token + 1, "to");
        if (isColumn && (isRetyped || isOther)) {
            columns.addAll(in.nameAt(name));
        }
    }

    /// Where the name of a column stands, behind the words that may come before it.
    private int columnAt(int token) {
        int name = in.isAt(token, "column") ? token + 1 : token;
        return in.isAt(name, "if", "exists") ? name + 2 : name;
    }
}
