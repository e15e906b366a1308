package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import java.util.List;
import java.util.Optional;

/// Reads what deals with prepared statements, prepared transactions and cursors.
final class PreparedReader {
    private static final List<String> CURSOR_OPTIONS = List.of("scroll", "binary", "asensitive", "insensitive");
    private static final List<String> DIRECTIONS = List.of(
            "next", "prior", "first", "last", "absolute", "relative", "forward", "backward", "all", "from", "in");

    private PreparedReader() {}

    static Optional<SessionStatement> read(TokenCursor in) {
        String first = in.keyword();
        in.accept(first);
        return switch (first) {
            case "prepare" -> Optional.of(prepare(in));
            case "execute" -> Optional.of(execute(in));
            case "deallocate" -> Optional.of(deallocate(in));
            case "declare" -> Optional.of(declare(in));
            case "fetch" -> Optional.of(fetch(in, false));
            case "move" -> Optional.of(fetch(in, true));
            case "close" -> Optional.of(close(in));
            default -> Optional.empty();
        };
    }

    private static SessionStatement prepare(TokenCursor in) {
        if (in.isNext("transaction") && in.kind(1).isString()) {
            in.accept("transaction");
            return new SessionStatement.PrepareTransaction(in.string());
        }
        String name = in.name();
        List<String> types = in.kind() == TokenKind.OPEN ? in.parenthesized() : List.of();
        in.expect("as");
        int statement = in.position();
        restOfStatement(in);
        return new SessionStatement.Prepare(name, types, statement);
    }

    private static SessionStatement execute(TokenCursor in) {
        String name = in.name();
        return new SessionStatement.Execute(name, in.isAtEnd() ? List.of() : in.parenthesized());
    }

    private static SessionStatement deallocate(TokenCursor in) {
        if (in.isNext("prepare") && in.position() + 1 < in.end()) {
            in.accept("prepare");
        }
        return in.accept("all") ? new SessionStatement.DeallocateAll() : new SessionStatement.Deallocate(in.name());
    }

    private static SessionStatement declare(TokenCursor in) {
        String name = in.name();
        while (in.accept("no", "scroll") || in.acceptAny(CURSOR_OPTIONS)) {
            // Which rows a cursor can go to, and in which format, is between the client and the shard.
        }
        in.expect("cursor");
        boolean withHold = in.accept("with", "hold");
        if (!withHold) {
            in.accept("without", "hold");
        }
        in.expect("for");
        int query = in.position();
        restOfStatement(in);
        return new SessionStatement.DeclareCursor(name, withHold, query);
    }

    /// The name is the last word, whatever it looks like: `FETCH next` reads from a cursor of that name.
    private static SessionStatement fetch(TokenCursor in, boolean moves) {
        while (in.position() + 1 < in.end()) {
            if (in.kind() != TokenKind.WORD) {
                in.number();
            } else if (!in.acceptAny(DIRECTIONS)) {
                in.fail();
            }
        }
        return new SessionStatement.Fetch(in.name(), moves);
    }

    private static SessionStatement close(TokenCursor in) {
        return in.accept("all") ? new SessionStatement.CloseAllCursors() : new SessionStatement.CloseCursor(in.name());
    }

    private static void restOfStatement(TokenCursor in) {
        if (in.isAtEnd()) {
            in.fail();
        }
        in.skipRest();
    }
}
