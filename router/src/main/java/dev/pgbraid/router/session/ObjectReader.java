package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.SessionStatement.CopyEnd;
import dev.pgbraid.router.session.SessionStatement.TemporaryObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what makes temporary objects, what drops tables, and `COPY`.
final class ObjectReader {
    private static final List<String> TEMPORARY = List.of("temp", "temporary");

    private ObjectReader() {}

    static Optional<SessionStatement> read(TokenCursor in) {
        if (in.accept("create")) {
            return create(in);
        }
        return in.accept("drop") ? drop(in) : Optional.of(copy(in));
    }

    /// Reads what follows the INTO of a query.
    static Optional<SessionStatement> intoTemporary(TokenCursor in) {
        boolean isTemporary = isTemporary(in);
        in.accept("table");
        List<String> name = in.qualifiedName();
        return isTemporary || isTemporarySchema(name)
                ? Optional.of(new SessionStatement.CreateTemporary(TemporaryObject.TABLE, name, false))
                : Optional.empty();
    }

    private static boolean isTemporary(TokenCursor in) {
        int scope = in.isNext("local") || in.isNext("global") ? 1 : 0;
        boolean isNamed = in.isName(scope + 1) || List.of("table", "recursive").contains(in.keyword(scope + 1));
        if (!TEMPORARY.contains(in.keyword(scope)) || !isNamed) {
            return false;
        }
        in.acceptAny(List.of("local", "global"));
        return in.acceptAny(TEMPORARY);
    }

    private static Optional<SessionStatement> create(TokenCursor in) {
        in.accept("or", "replace");
        boolean isTemporary = isTemporary(in);
        in.accept("recursive");
        TemporaryObject object = object(in);
        in.accept("if", "not", "exists");
        if (object == TemporaryObject.OTHER) {
            return other(in);
        }
        List<String> name = in.qualifiedName();
        boolean droppedAtCommit = object == TemporaryObject.TABLE && isDroppedAtCommit(in);
        in.skipRest();
        return isTemporary || isTemporarySchema(name)
                ? Optional.of(new SessionStatement.CreateTemporary(object, name, droppedAtCommit))
                : Optional.empty();
    }

    private static TemporaryObject object(TokenCursor in) {
        if (in.accept("table")) {
            return TemporaryObject.TABLE;
        }
        if (in.accept("view")) {
            return TemporaryObject.VIEW;
        }
        return in.accept("sequence") ? TemporaryObject.SEQUENCE : TemporaryObject.OTHER;
    }

    /// Functions, types and the like say what they are in one word or two, then their name.
    private static Optional<SessionStatement> other(TokenCursor in) {
        while (in.kind() == TokenKind.WORD && in.kind(1) != TokenKind.DOT) {
            in.accept(in.keyword());
            if (in.keyword().isEmpty()) {
                break;
            }
        }
        List<String> name = in.isName(0) ? in.qualifiedName() : List.of();
        in.skipRest();
        return isTemporarySchema(name)
                ? Optional.of(new SessionStatement.CreateTemporary(TemporaryObject.OTHER, name, false))
                : Optional.empty();
    }

    /// A session can reach its own temporary schema by its true name too.
    private static boolean isTemporarySchema(List<String> name) {
        return name.size() > 1 && name.get(name.size() - 2).matches("pg_temp(_[0-9]+)?");
    }

    private static boolean isDroppedAtCommit(TokenCursor in) {
        while (!in.isAtEnd()) {
            if (in.accept("on", "commit", "drop")) {
                return true;
            }
            in.step();
        }
        return false;
    }

    private static Optional<SessionStatement> drop(TokenCursor in) {
        if (!in.accept("table")) {
            return Optional.empty();
        }
        in.accept("if", "exists");
        List<List<String>> names = new ArrayList<>();
        do {
            names.add(in.qualifiedName());
        } while (in.accept(TokenKind.COMMA));
        in.acceptAny(List.of("cascade", "restrict"));
        return Optional.of(new SessionStatement.DropTable(names));
    }

    private static SessionStatement copy(TokenCursor in) {
        in.expect("copy");
        if (in.kind() == TokenKind.OPEN) {
            in.parenthesized();
            return copy(in, List.of(), List.of());
        }
        in.accept("binary");
        List<String> table = in.qualifiedName();
        List<String> columns = new ArrayList<>();
        if (in.accept(TokenKind.OPEN)) {
            do {
                columns.add(in.name());
            } while (in.accept(TokenKind.COMMA));
            in.expect(TokenKind.CLOSE);
        }
        return copy(in, table, columns);
    }

    /// The grammar takes STDIN and STDOUT for the same; the direction tells which is meant.
    private static SessionStatement copy(TokenCursor in, List<String> table, List<String> columns) {
        boolean into = !table.isEmpty() && in.accept("from");
        if (!into) {
            in.expect("to");
        }
        boolean isProgram = in.accept("program");
        boolean isClient = !isProgram && in.acceptAny(List.of("stdin", "stdout"));
        if (!isClient) {
            in.string();
        }
        in.skipRest();
        CopyEnd server = isProgram ? CopyEnd.SERVER_PROGRAM : CopyEnd.SERVER_FILE;
        return new SessionStatement.Copy(into, isClient ? CopyEnd.CLIENT : server, table, columns);
    }
}
