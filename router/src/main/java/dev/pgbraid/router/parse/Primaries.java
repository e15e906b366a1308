package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what operators stand between: `c_expr` in the grammar.
final class Primaries {
    /// How many names PostgreSQL takes for a column: database, schema, table and column.
    private static final int COLUMN_PARTS_MAX = 4;

    private final Cursor in;
    private final int first;

    private Primaries(Cursor in) {
        this.in = in;
        this.first = in.position();
    }

    static Expression read(Cursor in) {
        return new Primaries(in).primary();
    }

    private Expression primary() {
        return switch (in.kind()) {
            case STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING, BIT_STRING, HEX_STRING, INTEGER, NUMERIC ->
                literal();
            case PARAMETER -> indirection(parameter());
            case OPEN -> parenthesized();
            case WORD -> word();
            case QUOTED_NAME, UNICODE_NAME -> named();
            default -> throw in.unexpected();
        };
    }

    private Expression literal() {
        in.step();
        return new Expression.Literal(in.spanFrom(first), first);
    }

    private Expression parameter() {
        String written = in.tokens().written(first);
        in.step();
        return new Expression.Parameter(in.spanFrom(first), Integer.parseInt(written.substring(1)));
    }

    private Expression parenthesized() {
        if (in.brackets().isQuery(first)) {
            Query query = Queries.readInParentheses(in);
            return indirection(new Expression.Subquery(in.spanFrom(first), Expression.Use.SCALAR, query));
        }
        List<Expression> elements = in.inside(() -> Expressions.readList(in));
        if (elements.size() > 1) {
            return row(elements, false);
        }
        return indirection(elements.getFirst());
    }

    private Expression row(List<Expression> fields, boolean explicit) {
        Expression row = new Expression.Row(in.spanFrom(first), fields, explicit);
        if (!in.accept("overlaps")) {
            return row;
        }
        if (!(read(in) instanceof Expression.Row other)) {
            throw in.refuse("OVERLAPS is not followed by a row");
        }
        return new Expression.Other(in.spanFrom(first), "overlaps", List.of(row, other));
    }

    private Expression word() {
        return switch (in.keyword()) {
            case "null", "true", "false" -> literal();
            case "default" -> {
                in.step();
                yield new Expression.Default(in.spanFrom(first));
            }
            case "case" -> caseWhen();
            case "array" -> array();
            case "exists" -> exists();
            case "row" -> in.kind(1) == TokenKind.OPEN ? explicitRow() : named();
            default -> Specials.read(in).orElseGet(this::named);
        };
    }

    private Expression exists() {
        if (in.kind(1) != TokenKind.OPEN || !in.brackets().isQuery(first + 1)) {
            return named();
        }
        in.step();
        Query query = Queries.readInParentheses(in);
        return new Expression.Subquery(in.spanFrom(first), Expression.Use.EXISTS, query);
    }

    private Expression explicitRow() {
        in.step();
        if (in.kind(1) == TokenKind.CLOSE) {
            in.inside(List::of);
            return row(List.of(), true);
        }
        return row(in.inside(() -> Expressions.readList(in)), true);
    }

    private Expression array() {
        in.step();
        if (in.kind() == TokenKind.OPEN) {
            Query query = Queries.readInParentheses(in);
            return new Expression.Subquery(in.spanFrom(first), Expression.Use.ARRAY, query);
        }
        return arrayConstructor(first);
    }

    /// Reads what is in brackets: expressions, or arrays of one dimension less, which come without the word.
    private Expression arrayConstructor(int from) {
        if (in.kind() != TokenKind.OPEN_BRACKET) {
            throw in.unexpected();
        }
        List<Expression> elements = in.inside(() -> in.isAtEnd()
                ? List.of()
                : in.list(() -> in.kind() == TokenKind.OPEN_BRACKET
                        ? in.nested(() -> arrayConstructor(in.position()))
                        : Expressions.read(in)));
        return new Expression.ArrayConstructor(in.spanFrom(from), elements);
    }

    private Expression caseWhen() {
        in.step();
        Optional<Expression> operand = in.isNext("when") ? Optional.empty() : Optional.of(Expressions.read(in));
        List<Expression.When> whens = new ArrayList<>();
        do {
            int from = in.position();
            in.expect("when");
            Expression condition = Expressions.read(in);
            in.expect("then");
            Expression result = Expressions.read(in);
            whens.add(new Expression.When(in.spanFrom(from), condition, result));
        } while (in.isNext("when"));
        Optional<Expression> otherwise = in.accept("else") ? Optional.of(Expressions.read(in)) : Optional.empty();
        in.expect("end");
        return new Expression.Case(in.spanFrom(first), operand, whens, otherwise);
    }

    /// Reads a column, a function, or a type before a string.
    private Expression named() {
        boolean isColumn = in.isColumnName(0);
        boolean isFunction = in.isFunctionName(0);
        if (!isColumn && !isFunction) {
            throw in.unexpected();
        }
        List<String> name = new ArrayList<>(List.of(in.label()));
        while (in.kind() == TokenKind.DOT && in.kind(1) != TokenKind.STAR) {
            in.step();
            name.add(in.label());
        }
        if (in.kind() == TokenKind.DOT) {
            in.moveTo(in.position() + 2);
            return new Expression.Star(in.spanFrom(first), name);
        }
        if (name.size() > 1 ? isColumn : isFunction) {
            if (isBeforeString()) {
                return typedLiteral(name);
            }
            if (in.kind() == TokenKind.OPEN) {
                return Calls.read(in, first, name);
            }
        }
        return indirection(column(name, isColumn));
    }

    private Expression column(List<String> name, boolean isColumn) {
        if (in.kind() == TokenKind.OPEN) {
            throw in.refuse(name.getLast() + " has a grammar of its own, which is not known");
        }
        if (!isColumn) {
            throw in.unexpected();
        }
        if (name.size() > COLUMN_PARTS_MAX) {
            throw in.refuse("a column has a name of " + name.size() + " parts");
        }
        return new Expression.Column(in.spanFrom(first), name);
    }

    private boolean isBeforeString() {
        if (in.kind() != TokenKind.OPEN) {
            return in.kind().isString();
        }
        int after = in.brackets().close(in.position()) + 1;
        return after < in.end() && in.tokens().kind(after).isString();
    }

    private Expression typedLiteral(List<String> name) {
        if (in.kind() == TokenKind.OPEN) {
            in.moveTo(in.brackets().close(in.position()) + 1);
        }
        Expression.Type type = new Expression.Type(in.spanFrom(first), name, false);
        int string = in.position();
        in.step();
        Expression.Literal literal = new Expression.Literal(in.spanFrom(string), string);
        return new Expression.Cast(in.spanFrom(first), literal, type);
    }

    /// Reads subscripts and fields.
    private Expression indirection(Expression operand) {
        Expression whole = operand;
        while (true) {
            if (in.kind() == TokenKind.OPEN_BRACKET) {
                whole = subscript(whole);
            } else if (in.kind() == TokenKind.DOT && in.kind(1) == TokenKind.STAR) {
                in.moveTo(in.position() + 2);
                return new Expression.Fields(in.spanFrom(first), whole);
            } else if (in.accept(TokenKind.DOT)) {
                String field = in.label();
                whole = new Expression.Field(in.spanFrom(first), whole, field);
            } else {
                return whole;
            }
        }
    }

    private Expression subscript(Expression operand) {
        List<Expression.Index> indexes = new ArrayList<>();
        while (in.kind() == TokenKind.OPEN_BRACKET) {
            int from = in.position();
            indexes.add(in.inside(() -> index(from)));
        }
        return new Expression.Subscript(in.spanFrom(first), operand, indexes);
    }

    private Expression.Index index(int from) {
        Optional<Expression> one = bound();
        boolean slice = in.accept(TokenKind.COLON);
        Optional<Expression> other = slice ? bound() : one;
        if (other.isEmpty() && !slice) {
            throw in.unexpected();
        }
        return new Expression.Index(in.spanFrom(from), slice ? one : Optional.empty(), other, slice);
    }

    private Optional<Expression> bound() {
        boolean isHere = !in.isAtEnd() && in.kind() != TokenKind.COLON;
        return isHere ? Optional.of(Expressions.read(in)) : Optional.empty();
    }
}
