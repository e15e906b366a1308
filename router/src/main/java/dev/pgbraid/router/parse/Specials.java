package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Expression.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads what the grammar has its own rules for although it looks like a function, a column or a type.
final class Specials {
    /// Words between the arguments of such functions.
    private static final Set<String> SEPARATORS =
            Set.of("from", "for", "in", "placing", "similar", "escape", "leading", "trailing", "both");

    private static final Set<String> NORMAL_FORMS = Set.of("nfc", "nfd", "nfkc", "nfkd");
    private static final Set<String> CONSTANTS = Set.of(
            "current_date",
            "current_role",
            "current_user",
            "session_user",
            "system_user",
            "user",
            "current_catalog",
            "current_schema");
    /// Those that can have a precision.
    private static final Set<String> TIMES = Set.of("current_time", "current_timestamp", "localtime", "localtimestamp");

    /// Types whose length is one if it is not written, but not before a string: that is as long as it is.
    private static final Set<String> HAVE_LENGTH = Set.of("char", "character", "nchar", "bit");

    private final Cursor in;
    private final int first;

    private Specials(Cursor in) {
        this.in = in;
        this.first = in.position();
    }

    /// Reads nothing if the next word is not special here.
    static Optional<Expression> read(Cursor in) {
        Specials specials = new Specials(in);
        return in.kind(1) == TokenKind.OPEN ? specials.function() : specials.constant();
    }

    private Optional<Expression> function() {
        String word = in.keyword();
        return switch (word) {
            case "cast" -> Optional.of(cast());
            case "coalesce", "greatest", "least", "nullif" -> Optional.of(conditional(word));
            case "grouping" -> Optional.of(other(word, () -> Expressions.readList(in)));
            case "extract" -> Optional.of(other(word, this::extracted));
            case "position" -> Optional.of(other(word, () -> separated(() -> Expressions.readRestricted(in))));
            case "overlay", "substring", "trim" -> Optional.of(other(word, this::separated));
            case "normalize" -> Optional.of(other(word, this::normalized));
            case "merge_action" -> Optional.of(other(word, List::of));
            case "current_schema" -> Optional.empty();
            default -> constant();
        };
    }

    private Optional<Expression> constant() {
        String word = in.keyword();
        if (CONSTANTS.contains(word)) {
            in.step();
            return Optional.of(new Expression.Other(in.spanFrom(first), word, List.of()));
        }
        if (TIMES.contains(word)) {
            in.step();
            if (in.kind() == TokenKind.OPEN) {
                in.moveTo(in.brackets().close(in.position()) + 1);
            }
            return Optional.of(new Expression.Other(in.spanFrom(first), word, List.of()));
        }
        if (word.equals("collation") && in.keyword(1).equals("for") && in.kind(2) == TokenKind.OPEN) {
            in.step();
            return Optional.of(other(word, this::separated));
        }
        return Types.isStandard(in) ? typedLiteral() : Optional.empty();
    }

    private Optional<Expression> typedLiteral() {
        String word = in.keyword();
        Expression.Type type = Types.readBeforeString(in);
        if (!in.kind().isString()) {
            in.moveTo(first);
            return Optional.empty();
        }
        int string = in.position();
        in.step();
        Expression.Literal literal = new Expression.Literal(in.spanFrom(string), string);
        if (word.equals("interval")) {
            Types.intervalFields(in);
        }
        boolean isCast = string + 1 == in.position() && !(HAVE_LENGTH.contains(word) && string == first + 1);
        return Optional.of(
                isCast
                        ? new Expression.Cast(in.spanFrom(first), literal, type)
                        : new Expression.Other(in.spanFrom(first), word, List.of(literal)));
    }

    private Expression cast() {
        in.step();
        Expression.Cast inner = in.inside(() -> {
            Expression operand = Expressions.read(in);
            in.expect("as");
            Expression.Type type = Types.read(in);
            return new Expression.Cast(in.spanFrom(first), operand, type);
        });
        return new Expression.Cast(in.spanFrom(first), inner.operand(), inner.type());
    }

    private Expression conditional(String word) {
        in.step();
        List<Expression> arguments = in.inside(() -> Expressions.readList(in));
        Condition condition = Condition.valueOf(word.toUpperCase(Locale.ROOT));
        return new Expression.Conditional(in.spanFrom(first), condition, arguments);
    }

    private Expression other(String word, Supplier<List<Expression>> operands) {
        while (in.kind() != TokenKind.OPEN) {
            in.step();
        }
        List<Expression> read = in.inside(operands);
        return new Expression.Other(in.spanFrom(first), word, read);
    }

    /// Reads expressions with words or commas between them.
    private List<Expression> separated() {
        return separated(() -> Expressions.read(in));
    }

    private List<Expression> separated(Supplier<Expression> reader) {
        List<Expression> operands = new ArrayList<>();
        while (!in.isAtEnd()) {
            if (!in.acceptAny(SEPARATORS) && !in.accept(TokenKind.COMMA)) {
                operands.add(reader.get());
            }
        }
        return operands;
    }

    /// Reads what follows the name of a field, which is no expression.
    private List<Expression> extracted() {
        in.step();
        in.expect("from");
        return List.of(Expressions.read(in));
    }

    private List<Expression> normalized() {
        Expression operand = Expressions.read(in);
        if (in.accept(TokenKind.COMMA) && !in.acceptAny(NORMAL_FORMS)) {
            throw in.unexpected();
        }
        return List.of(operand);
    }
}
