package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the statements that begin and end transactions, and savepoints.
final class TransactionReader {
    private static final List<String> NOISE = List.of("work", "transaction");

    private TransactionReader() {}

    static Optional<SessionStatement> read(TokenCursor in) {
        String first = in.keyword();
        in.accept(first);
        return switch (first) {
            case "begin" -> Optional.of(begin(in));
            case "start" -> Optional.of(start(in));
            case "commit" -> Optional.of(commit(in));
            case "rollback" -> Optional.of(rollback(in));
            case "end" -> Optional.of(new SessionStatement.Commit(isChained(in)));
            case "abort" -> Optional.of(new SessionStatement.Rollback(isChained(in)));
            case "savepoint" -> Optional.of(new SessionStatement.Savepoint(in.name()));
            case "release" -> Optional.of(new SessionStatement.ReleaseSavepoint(savepoint(in)));
            default -> Optional.empty();
        };
    }

    /// One mode or more.
    static List<TransactionMode> someModes(TokenCursor in) {
        List<TransactionMode> modes = new ArrayList<>();
        do {
            modes.add(mode(in));
            in.accept(TokenKind.COMMA);
        } while (!in.isAtEnd());
        return in.tokens().kind(in.end() - 1) == TokenKind.COMMA ? failed(in) : modes;
    }

    private static List<TransactionMode> failed(TokenCursor in) {
        in.fail();
        return List.of();
    }

    private static SessionStatement begin(TokenCursor in) {
        in.acceptAny(NOISE);
        return new SessionStatement.Begin("BEGIN", in.isAtEnd() ? List.of() : someModes(in));
    }

    private static SessionStatement start(TokenCursor in) {
        in.expect("transaction");
        return new SessionStatement.Begin("START TRANSACTION", in.isAtEnd() ? List.of() : someModes(in));
    }

    private static SessionStatement commit(TokenCursor in) {
        return in.accept("prepared")
                ? new SessionStatement.CommitPrepared(in.string())
                : new SessionStatement.Commit(isChained(in));
    }

    private static SessionStatement rollback(TokenCursor in) {
        if (in.accept("prepared")) {
            return new SessionStatement.RollbackPrepared(in.string());
        }
        int noise = NOISE.contains(in.keyword()) ? 1 : 0;
        if (in.keyword(noise).equals("to")) {
            in.acceptAny(NOISE);
            in.expect("to");
            return new SessionStatement.RollbackToSavepoint(savepoint(in));
        }
        return new SessionStatement.Rollback(isChained(in));
    }

    private static boolean isChained(TokenCursor in) {
        in.acceptAny(NOISE);
        if (in.accept("and", "no", "chain")) {
            return false;
        }
        return in.accept("and", "chain");
    }

    /// A savepoint may be named like the word before it.
    private static String savepoint(TokenCursor in) {
        if (in.isNext("savepoint") && in.position() + 1 < in.end()) {
            in.accept("savepoint");
        }
        return in.name();
    }

    private static TransactionMode mode(TokenCursor in) {
        if (in.accept("isolation", "level")) {
            return level(in);
        }
        if (in.accept("read", "only")) {
            return TransactionMode.READ_ONLY;
        }
        if (in.accept("read", "write")) {
            return TransactionMode.READ_WRITE;
        }
        if (in.accept("not", "deferrable")) {
            return TransactionMode.NOT_DEFERRABLE;
        }
        in.expect("deferrable");
        return TransactionMode.DEFERRABLE;
    }

    private static TransactionMode level(TokenCursor in) {
        if (in.accept("read", "committed")) {
            return TransactionMode.READ_COMMITTED;
        }
        if (in.accept("read", "uncommitted")) {
            return TransactionMode.READ_UNCOMMITTED;
        }
        if (in.accept("repeatable", "read")) {
            return TransactionMode.REPEATABLE_READ;
        }
        in.expect("serializable");
        return TransactionMode.SERIALIZABLE;
    }
}
