package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression.Operator;
import dev.pgbraid.router.tree.Expression.Pattern;
import dev.pgbraid.router.tree.Expression.Quantifier;
import java.util.Optional;

/// Reads operators, and the words that can follow them.
final class Operators {
    private Operators() {}

    /// Reads a sign, or `OPERATOR(schema.sign)`.
    static Operator read(Cursor in) {
        if (!in.isNext("operator")) {
            return new Operator(Optional.empty(), sign(in));
        }
        in.step();
        return in.inside(() -> {
            Optional<String> schema = Optional.empty();
            if (in.kind() == TokenKind.WORD || in.kind().isQuotedName()) {
                schema = Optional.of(in.columnName());
                in.expect(TokenKind.DOT);
            }
            return new Operator(schema, sign(in));
        });
    }

    private static String sign(Cursor in) {
        return switch (in.kind()) {
            case NOT_EQUALS -> {
                in.step();
                yield "<>";
            }
            case PLUS,
                    MINUS,
                    STAR,
                    SLASH,
                    PERCENT,
                    CARET,
                    LESS,
                    GREATER,
                    EQUALS,
                    LESS_EQUALS,
                    GREATER_EQUALS,
                    OPERATOR -> {
                String sign = in.tokens().written(in.position());
                in.step();
                yield sign;
            }
            default -> throw in.unexpected();
        };
    }

    /// The operator that `LIKE` or `ILIKE` stands for.
    static Operator ofPattern(Pattern pattern, boolean negated) {
        String sign = pattern == Pattern.ILIKE ? "~~*" : "~~";
        return new Operator(Optional.empty(), negated ? "!" + sign : sign);
    }

    static boolean isQuantifier(Cursor in) {
        return switch (in.keyword()) {
            case "any", "some", "all" -> in.kind(1) == TokenKind.OPEN;
            default -> false;
        };
    }

    static Quantifier quantifier(Cursor in) {
        Quantifier quantifier = in.isNext("all") ? Quantifier.ALL : Quantifier.ANY;
        in.step();
        return quantifier;
    }
}
