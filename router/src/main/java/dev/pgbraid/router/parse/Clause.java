package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.util.Set;

/// Where in a query a token stands, which decides which words can be its own words.
enum Clause {
    /// Before a body.
    START,
    ITEMS,
    /// The rows of `VALUES`, which are one part: there can be many of them.
    ROWS,
    FROM,
    /// `WHERE`, `GROUP BY` and `HAVING`.
    CONDITION,
    WINDOW,
    ORDER,
    /// `LIMIT` and whatever can follow it.
    TAIL;

    private static final Set<String> WORDS = Set.of(
            "from",
            "where",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "limit",
            "offset",
            "fetch",
            "for",
            "into");
    private static final Set<String> BEFORE_BY = Set.of("group", "order");
    private static final Set<String> JOINS = Set.of("join", "natural", "cross", "on", "using");
    private static final Set<String> BEFORE_JOIN = Set.of("left", "right", "full", "inner");

    /// The word of the query that a token is, or nothing if it belongs to a part.
    String wordAt(Tokens tokens, int token) {
        String word = tokens.keyword(token);
        if (WORDS.contains(word)) {
            return isPartOfOther(tokens, token, word) ? "" : word;
        }
        if (BEFORE_BY.contains(word)) {
            return tokens.keyword(token + 1).equals("by") ? word + " by" : "";
        }
        return this == FROM && isJoin(tokens, token, word) ? word : "";
    }

    /// Whether a word belongs to `IS DISTINCT FROM`, `ROWS FROM` or `COLLATION FOR`.
    private boolean isPartOfOther(Tokens tokens, int token, String word) {
        return switch (word) {
            case "from" -> this == FROM || (token > 1 && isDistinctFrom(tokens, token));
            case "for" -> token > 0 && tokens.keyword(token - 1).equals("collation");
            default -> false;
        };
    }

    private static boolean isDistinctFrom(Tokens tokens, int token) {
        String before = tokens.keyword(token - 2);
        return tokens.keyword(token - 1).equals("distinct") && (before.equals("is") || before.equals("not"));
    }

    private static boolean isJoin(Tokens tokens, int token, String word) {
        if (JOINS.contains(word)) {
            return true;
        }
        if (BEFORE_JOIN.contains(word)) {
            String next = tokens.keyword(token + 1);
            return next.equals("join") || next.equals("outer");
        }
        return word.equals("outer");
    }

    /// Where the part ends that begins before `from` or at it.
    int partEnd(Cursor in, int from) {
        Tokens tokens = in.tokens();
        return in.find(
                from,
                token -> (this != ROWS && tokens.kind(token) == TokenKind.COMMA)
                        || !wordAt(tokens, token).isEmpty());
    }

    /// The clause that a word begins.
    Clause after(String word) {
        return switch (word) {
            case "from" -> FROM;
            case "where", "group by", "having" -> CONDITION;
            case "window" -> WINDOW;
            case "order by" -> ORDER;
            case "limit", "offset" -> TAIL;
            case "union", "intersect", "except" -> START;
            default -> this;
        };
    }
}
