package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How tightly operators bind, by PostgreSQL's table of precedence, weakest first.
enum Precedence {
    /// No operator: an expression ends here.
    NONE,
    OR,
    AND,
    NOT,
    IS,
    COMPARISON,
    /// `BETWEEN`, `IN`, `LIKE` and the like.
    MATCH,
    OTHER,
    ADDITION,
    MULTIPLICATION,
    POWER,
    AT_TIME_ZONE,
    COLLATE,
    SIGN,
    CAST;

    private static final List<Precedence> FROM_WEAKEST = List.of(values());
    private static final Map<String, Precedence> WORDS = Map.ofEntries(
            Map.entry("or", OR),
            Map.entry("and", AND),
            Map.entry("is", IS),
            Map.entry("isnull", IS),
            Map.entry("notnull", IS),
            Map.entry("between", MATCH),
            Map.entry("in", MATCH),
            Map.entry("like", MATCH),
            Map.entry("ilike", MATCH),
            Map.entry("collate", COLLATE));
    private static final Set<String> AFTER_NOT = Set.of("between", "in", "like", "ilike", "similar");

    /// The one of the infix or postfix operator that is next.
    ///
    /// @param restricted whether few words are operators
    static Precedence ofNext(Cursor in, boolean restricted) {
        return switch (in.kind()) {
            case TYPECAST -> CAST;
            case CARET -> POWER;
            case STAR, SLASH, PERCENT -> MULTIPLICATION;
            case PLUS, MINUS -> ADDITION;
            case OPERATOR -> OTHER;
            case LESS, GREATER, EQUALS, LESS_EQUALS, GREATER_EQUALS, NOT_EQUALS -> COMPARISON;
            case WORD -> restricted ? ofRestrictedWord(in) : ofWord(in);
            default -> NONE;
        };
    }

    private static Precedence ofWord(Cursor in) {
        return switch (in.keyword()) {
            case "not" -> AFTER_NOT.contains(in.keyword(1)) ? MATCH : NONE;
            case "similar" -> in.keyword(1).equals("to") ? MATCH : NONE;
            case "operator" -> in.kind(1) == TokenKind.OPEN ? OTHER : NONE;
            case "at" -> in.keyword(1).equals("time") || in.keyword(1).equals("local") ? AT_TIME_ZONE : NONE;
            default -> WORDS.getOrDefault(in.keyword(), NONE);
        };
    }

    private static Precedence ofRestrictedWord(Cursor in) {
        return switch (in.keyword()) {
            case "operator" -> in.kind(1) == TokenKind.OPEN ? OTHER : NONE;
            case "is" -> in.keyword(in.keyword(1).equals("not") ? 2 : 1).equals("distinct") ? IS : NONE;
            default -> NONE;
        };
    }

    /// Whether two operators of this one cannot stand side by side, when the first has an operand to its right.
    boolean isNonassociative() {
        return this == IS || this == COMPARISON || this == MATCH;
    }

    /// The next tighter one, for the right operand of an operator that associates to the left.
    Precedence above() {
        return FROM_WEAKEST.get(FROM_WEAKEST.indexOf(this) + 1);
    }
}
