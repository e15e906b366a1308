package dev.pgbraid.router.shape;

import dev.pgbraid.router.lexer.Keywords;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.SessionFunctions;
import java.util.Arrays;
import java.util.List;

/// Where in a statement a literal can be lifted out, as the tokens go by.
///
/// A number is an ordinal when it stands alone in `ORDER BY`, `GROUP BY` or `DISTINCT ON`. In `GROUP BY` all numbers
/// stay, as it has ways to nest its lists.
final class Clauses {
    private static final int DEPTH_MAX = 64;

    private enum Clause {
        FREE,
        /// A list of expressions of which a lone number is an ordinal.
        ORDER,
        GROUP,
        /// The arguments of a type, or of a function that changes the session.
        VERBATIM,
        /// The one in which the word stands.
        SAME
    }

    /// The clause that each keyword begins, by the keyword's number.
    private static final Clause[] BEGUN = new Clause[Keywords.NONE + 1];

    static {
        Arrays.fill(BEGUN, Clause.SAME);
        begin(Clause.ORDER, List.of("order"));
        begin(Clause.GROUP, List.of("group"));
        begin(Clause.FREE, List.of("select", "from", "where", "having", "window", "limit", "offset", "fetch", "for"));
        begin(Clause.FREE, List.of("union", "intersect", "except", "returning", "set", "values"));
    }

    private final Clause[] clauses = new Clause[DEPTH_MAX + 1];
    private boolean isQuery;

    private static void begin(Clause clause, List<String> keywords) {
        keywords.forEach(keyword -> BEGUN[Keywords.number(keyword)] = clause);
    }

    void begin(Tokens tokens, int first) {
        Arrays.fill(clauses, Clause.FREE);
        isQuery = switch (tokens.keyword(first)) {
            case "select", "insert", "update", "delete", "merge", "with", "values", "table" -> true;
            default -> tokens.kind(first) == TokenKind.OPEN;
        };
    }

    /// Takes note of a token that is no literal.
    void pass(Tokens tokens, int token, int first) {
        int depth = tokens.depth(token);
        if (depth >= DEPTH_MAX) {
            return;
        }
        if (tokens.kind(token) == TokenKind.OPEN) {
            clauses[depth + 1] = inside(tokens, token, first);
        } else {
            Clause begun = BEGUN[tokens.keywordNumber(token)];
            clauses[depth] = begun == Clause.SAME ? clauses[depth] : begun;
        }
    }

    boolean isLifted(Tokens tokens, int token) {
        int depth = tokens.depth(token);
        if (!isQuery || depth > DEPTH_MAX) {
            return false;
        }
        return switch (clauses[depth]) {
            case FREE, SAME -> true;
            case VERBATIM -> false;
            case GROUP -> !tokens.kind(token).isNumber();
            case ORDER -> !tokens.kind(token).isNumber() || !isFirst(tokens, token);
        };
    }

    private static boolean isFirst(Tokens tokens, int token) {
        TokenKind before = tokens.kind(token - 1);
        return before == TokenKind.COMMA
                || before == TokenKind.OPEN
                || tokens.keyword(token - 1).equals("by");
    }

    private Clause inside(Tokens tokens, int open, int first) {
        Clause outside = clauses[tokens.depth(open)];
        if (outside == Clause.GROUP || outside == Clause.VERBATIM || open == first) {
            return outside;
        }
        if (tokens.keyword(open - 1).equals("on")
                && open - 1 > first
                && tokens.keyword(open - 2).equals("distinct")) {
            return Clause.ORDER;
        }
        boolean isVerbatim = SessionFunctions.isName(tokens, open - 1) || isTypeModifier(tokens, open, first);
        return isVerbatim ? Clause.VERBATIM : Clause.FREE;
    }

    /// Whether what is in the parentheses belongs to a type: `numeric(10, 2)`, `x::t(5)`, `CAST(x AS t(5))`.
    private static boolean isTypeModifier(Tokens tokens, int open, int first) {
        int name = open - 1;
        switch (tokens.keyword(name)) {
            case "bit", "varying", "char", "character", "varchar", "nchar", "numeric", "decimal", "dec", "float" -> {
                return true;
            }
            case "time", "timestamp", "interval" -> {
                return true;
            }
            default -> {}
        }
        while (name - 2 > first && tokens.kind(name - 1) == TokenKind.DOT) {
            name -= 2;
        }
        return name > first
                && (tokens.kind(name - 1) == TokenKind.TYPECAST
                        || tokens.keyword(name - 1).equals("as"));
    }
}
