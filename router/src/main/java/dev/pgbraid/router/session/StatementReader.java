package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.util.Optional;

/// Tells by the first keyword which reader a statement is for.
final class StatementReader {
    private StatementReader() {}

    static SessionStatement read(Tokens tokens, int first, int end) {
        Optional<SessionStatement> statement = switch (tokens.keyword(first)) {
            case "set", "reset", "show", "discard" -> whole(new TokenCursor(tokens, first, end), SettingReader::read);
            case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release" ->
                whole(new TokenCursor(tokens, first, end), TransactionReader::read);
            case "prepare", "execute", "deallocate", "declare", "fetch", "move", "close" ->
                whole(new TokenCursor(tokens, first, end), PreparedReader::read);
            case "listen", "unlisten", "notify", "load", "lock", "do", "call", "explain" ->
                whole(new TokenCursor(tokens, first, end), CommandReader::read);
            case "create", "drop", "copy" -> whole(new TokenCursor(tokens, first, end), ObjectReader::read);
            default -> selectInto(tokens, first, end);
        };
        // Most statements come here, so nothing is made for them, not even a function that would be called.
        return statement.isPresent()
                ? statement.get()
                : SessionStatement.Other.of(SessionFunctions.effects(tokens, first, end));
    }

    /// Reads one kind of statement. What it gives counts only if the statement was read to its end.
    @FunctionalInterface
    interface Reader {
        Optional<SessionStatement> read(TokenCursor in);
    }

    private static Optional<SessionStatement> whole(TokenCursor in, Reader reader) {
        return reader.read(in).filter(_ -> in.isRead());
    }

    /// `SELECT … INTO TEMPORARY t` makes a table wherever the INTO stands. Those of INSERT and MERGE name a target.
    private static Optional<SessionStatement> selectInto(Tokens tokens, int first, int end) {
        for (int token = first + 1; token < end; token++) {
            boolean isInto = tokens.kind(token) == TokenKind.WORD
                    && tokens.keyword(token).equals("into");
            if (isInto && !isTarget(tokens.keyword(token - 1))) {
                return ObjectReader.intoTemporary(new TokenCursor(tokens, token + 1, end));
            }
        }
        return Optional.empty();
    }

    private static boolean isTarget(String keyword) {
        return keyword.equals("insert") || keyword.equals("merge");
    }
}
