package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.util.Set;

/// Which parentheses and brackets of a statement belong together, and which of them hold a query.
final class Brackets {
    /// What can follow a query in parentheses inside of other parentheses, if both belong to one query.
    private static final Set<String> AFTER_QUERY =
            Set.of("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");

    private final Tokens tokens;
    private final int first;
    private final int[] closes;

    Brackets(Tokens tokens, int first, int end) {
        this.tokens = tokens;
        this.first = first;
        this.closes = new int[end - first];
        int[] open = new int[end - first];
        int count = 0;
        for (int token = first; token < end; token++) {
            if (isOpen(token)) {
                open[count++] = token;
            } else if (isClose(token)) {
                if (count == 0 || !isPair(open[count - 1], token)) {
                    throw new UnreadableException("unexpected \"" + tokens.written(token) + "\"");
                }
                closes[open[--count] - first] = token;
            }
        }
        if (count > 0) {
            throw new UnreadableException("a \"" + tokens.written(open[count - 1]) + "\" is not closed");
        }
    }

    boolean isOpen(int token) {
        return tokens.kind(token) == TokenKind.OPEN || tokens.kind(token) == TokenKind.OPEN_BRACKET;
    }

    private boolean isClose(int token) {
        return tokens.kind(token) == TokenKind.CLOSE || tokens.kind(token) == TokenKind.CLOSE_BRACKET;
    }

    private boolean isPair(int open, int close) {
        return (tokens.kind(open) == TokenKind.OPEN) == (tokens.kind(close) == TokenKind.CLOSE);
    }

    /// The token that closes what another one opens.
    int close(int open) {
        return closes[open - first];
    }

    /// Whether a token opens parentheses that hold a query.
    boolean isQuery(int open) {
        int inner = open;
        while (tokens.kind(inner) == TokenKind.OPEN && tokens.kind(inner + 1) == TokenKind.OPEN) {
            inner++;
        }
        if (tokens.kind(inner) != TokenKind.OPEN || !isQueryStart(inner + 1)) {
            return false;
        }
        for (; inner > open; inner--) {
            int after = close(inner) + 1;
            if (tokens.kind(after) != TokenKind.CLOSE && !AFTER_QUERY.contains(tokens.keyword(after))) {
                return false;
            }
        }
        return true;
    }

    private boolean isQueryStart(int token) {
        return switch (tokens.keyword(token)) {
            case "select", "with", "table" -> true;
            case "values" -> tokens.kind(token + 1) == TokenKind.OPEN;
            default -> false;
        };
    }
}
