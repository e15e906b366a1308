package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Expression.Operator;
import dev.pgbraid.router.tree.Expression.Pattern;
import dev.pgbraid.router.tree.Expression.Property;
import dev.pgbraid.router.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads expressions, and binds their operators as PostgreSQL's grammar does.
///
/// An expression ends where no operator follows any more, which is where its clause goes on.
final class Expressions {
    private final Cursor in;
    /// Whether this is a `b_expr` of the grammar, in which few words are operators.
    private final boolean restricted;
    /// Whether the operator that was read last has an operand to its right that nothing closes.
    private boolean open;

    private Expressions(Cursor in, boolean restricted) {
        this.in = in;
        this.restricted = restricted;
    }

    static Expression read(Cursor in) {
        return new Expressions(in, false).expression(Precedence.OR);
    }

    /// Reads one that ends before words such as `AND` and `IN`.
    static Expression readRestricted(Cursor in) {
        return new Expressions(in, true).expression(Precedence.OR);
    }

    static List<Expression> readList(Cursor in) {
        return in.list(() -> read(in));
    }

    private Expression expression(Precedence weakest) {
        return in.nested(() -> {
            int first = in.position();
            Expression left = prefixed(first);
            Precedence before = Precedence.NONE;
            Precedence next = Precedence.ofNext(in, restricted);
            while (next != Precedence.NONE && next.compareTo(weakest) >= 0) {
                if (next == before) {
                    throw in.unexpected();
                }
                open = false;
                left = extended(first, left, next);
                before = open && next.isNonassociative() ? next : Precedence.NONE;
                next = Precedence.ofNext(in, restricted);
            }
            return left;
        });
    }

    private Expression prefixed(int first) {
        if (!restricted && in.accept("not")) {
            Expression operand = expression(Precedence.NOT);
            return new Expression.Not(in.spanFrom(first), operand);
        }
        Precedence sign = switch (in.kind()) {
            case PLUS, MINUS -> Precedence.SIGN;
            case OPERATOR -> Precedence.OTHER.above();
            case WORD -> in.isNext("operator", TokenKind.OPEN) ? Precedence.OTHER.above() : Precedence.NONE;
            default -> Precedence.NONE;
        };
        if (sign == Precedence.NONE) {
            return Primaries.read(in);
        }
        Operator operator = Operators.read(in);
        Expression operand = expression(sign);
        return new Expression.Prefix(in.spanFrom(first), operator, operand);
    }

    /// Reads what is to the right of an operator.
    private Expression right(Precedence weakest) {
        Expression operand = expression(weakest);
        open = true;
        return operand;
    }

    private Expression extended(int first, Expression left, Precedence precedence) {
        return switch (precedence) {
            case OR -> or(first, left);
            case AND -> and(first, left);
            case IS -> is(first, left);
            case MATCH -> match(first, left);
            case AT_TIME_ZONE -> atTimeZone(first, left);
            case COLLATE -> {
                in.step();
                List<String> collation = Names.any(in);
                yield new Expression.Collate(in.spanFrom(first), left, collation);
            }
            case CAST -> {
                in.step();
                Expression.Type type = Types.read(in);
                yield new Expression.Cast(in.spanFrom(first), left, type);
            }
            default -> binary(first, left, precedence);
        };
    }

    private Expression or(int first, Expression left) {
        List<Expression> before = left instanceof Expression.Or or ? or.operands() : List.of(left);
        List<Expression> operands = operands(before, "or", Precedence.AND);
        return new Expression.Or(in.spanFrom(first), operands);
    }

    private Expression and(int first, Expression left) {
        List<Expression> before = left instanceof Expression.And and ? and.operands() : List.of(left);
        List<Expression> operands = operands(before, "and", Precedence.NOT);
        return new Expression.And(in.spanFrom(first), operands);
    }

    /// Operands that stand side by side, which can be very many.
    private List<Expression> operands(List<Expression> before, String word, Precedence weakest) {
        List<Expression> operands = new ArrayList<>(before);
        while (in.accept(word)) {
            operands.add(right(weakest));
        }
        return operands;
    }

    private Expression binary(int first, Expression left, Precedence precedence) {
        Operator operator = Operators.read(in);
        if (Operators.isQuantifier(in)) {
            return quantified(first, left, operator);
        }
        Expression right = right(precedence.above());
        return new Expression.Binary(in.spanFrom(first), operator, left, right);
    }

    private Expression quantified(int first, Expression left, Operator operator) {
        Expression.Quantifier quantifier = Operators.quantifier(in);
        if (in.brackets().isQuery(in.position())) {
            Query query = Queries.readInParentheses(in);
            return new Expression.QuantifiedQuery(in.spanFrom(first), left, operator, quantifier, query);
        }
        Expression array = in.inside(() -> read(in));
        return new Expression.QuantifiedArray(in.spanFrom(first), left, operator, quantifier, array);
    }

    private Expression is(int first, Expression left) {
        boolean negated = in.isNext("notnull");
        if (in.accept("notnull") || in.accept("isnull")) {
            return new Expression.Is(in.spanFrom(first), left, Property.NULL, negated);
        }
        in.expect("is");
        negated = in.accept("not");
        if (in.accept("distinct", "from")) {
            Expression right = right(Precedence.IS.above());
            return new Expression.DistinctFrom(in.spanFrom(first), left, right, negated);
        }
        Property property = switch (in.keyword()) {
            case "null" -> Property.NULL;
            case "true" -> Property.TRUE;
            case "false" -> Property.FALSE;
            case "unknown" -> Property.UNKNOWN;
            default -> throw in.refuse("this use of IS is not known");
        };
        in.step();
        return new Expression.Is(in.spanFrom(first), left, property, negated);
    }

    private Expression match(int first, Expression left) {
        boolean negated = in.accept("not");
        return switch (in.keyword()) {
            case "between" -> between(first, left, negated);
            case "in" -> in(first, left, negated);
            default -> like(first, left, negated);
        };
    }

    private Expression between(int first, Expression left, boolean negated) {
        in.step();
        boolean symmetric = in.accept("symmetric");
        if (!symmetric) {
            in.accept("asymmetric");
        }
        Expression low = readRestricted(in);
        in.expect("and");
        Expression high = right(Precedence.MATCH.above());
        return new Expression.Between(in.spanFrom(first), left, low, high, symmetric, negated);
    }

    private Expression in(int first, Expression left, boolean negated) {
        in.step();
        if (in.kind() == TokenKind.OPEN && in.brackets().isQuery(in.position())) {
            Query query = Queries.readInParentheses(in);
            return new Expression.InQuery(in.spanFrom(first), left, query, negated);
        }
        if (in.kind() != TokenKind.OPEN) {
            throw in.unexpected();
        }
        List<Expression> values = in.inside(() -> readList(in));
        return new Expression.InList(in.spanFrom(first), left, values, negated);
    }

    private Expression like(int first, Expression left, boolean negated) {
        Pattern pattern = switch (in.keyword()) {
            case "like" -> Pattern.LIKE;
            case "ilike" -> Pattern.ILIKE;
            default -> Pattern.SIMILAR;
        };
        in.step();
        if (pattern == Pattern.SIMILAR) {
            in.expect("to");
        } else if (Operators.isQuantifier(in)) {
            return quantified(first, left, Operators.ofPattern(pattern, negated));
        }
        Expression right = right(Precedence.MATCH.above());
        Optional<Expression> escape =
                in.accept("escape") ? Optional.of(right(Precedence.MATCH.above())) : Optional.empty();
        return new Expression.Like(in.spanFrom(first), pattern, left, right, escape, negated);
    }

    private Expression atTimeZone(int first, Expression left) {
        in.step();
        if (in.accept("local")) {
            return new Expression.Other(in.spanFrom(first), "at local", List.of(left));
        }
        in.expect("time", "zone");
        Expression zone = right(Precedence.AT_TIME_ZONE.above());
        return new Expression.Other(in.spanFrom(first), "at time zone", List.of(left, zone));
    }
}
