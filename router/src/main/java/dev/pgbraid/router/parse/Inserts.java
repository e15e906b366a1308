package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Insert.Arbiter;
import dev.pgbraid.router.tree.Insert.OnConflict;
import dev.pgbraid.router.tree.Insert.Overriding;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.With;
import java.util.List;
import java.util.Optional;

/// Reads `INSERT`.
final class Inserts {
    private final Cursor in;

    private Inserts(Cursor in) {
        this.in = in;
    }

    static Insert read(Cursor in, int first, Optional<With> with) {
        return new Inserts(in).insert(first, with);
    }

    private Insert insert(int first, Optional<With> with) {
        in.expect("insert", "into");
        Insert.Target target = target();
        List<Expression> columns = readColumns(in);
        Overriding overriding = readOverriding(in);
        Optional<Query> query = in.accept("default", "values") ? Optional.empty() : Optional.of(query());
        Optional<OnConflict> onConflict = in.isNext("on") ? Optional.of(onConflict()) : Optional.empty();
        Optional<Returning> returning = SelectItems.readReturning(in);
        return new Insert(in.spanFrom(first), with, target, columns, overriding, query, onConflict, returning);
    }

    private Insert.Target target() {
        int first = in.position();
        List<String> name = in.qualifiedName();
        Optional<String> alias = in.accept("as") ? Optional.of(in.columnName()) : Optional.empty();
        return new Insert.Target(in.spanFrom(first), name, alias);
    }

    /// Reads the columns that are given values, if they are named.
    static List<Expression> readColumns(Cursor in) {
        boolean areHere = in.kind() == TokenKind.OPEN && !in.brackets().isQuery(in.position());
        return areHere ? in.inside(() -> in.list(() -> Changes.readColumn(in))) : List.of();
    }

    static Overriding readOverriding(Cursor in) {
        if (in.accept("overriding", "system", "value")) {
            return Overriding.SYSTEM;
        }
        return in.accept("overriding", "user", "value") ? Overriding.USER : Overriding.NONE;
    }

    private Query query() {
        int end = in.find(in.position(), this::isAfterQuery);
        return in.within(end, () -> Queries.read(in));
    }

    private boolean isAfterQuery(int token) {
        return switch (in.tokens().keyword(token)) {
            case "returning" -> true;
            case "on" -> in.tokens().keyword(token + 1).equals("conflict");
            default -> false;
        };
    }

    private OnConflict onConflict() {
        int first = in.position();
        in.expect("on", "conflict");
        Optional<Arbiter> arbiter = in.isNext("do") ? Optional.empty() : Optional.of(arbiter());
        in.expect("do");
        if (in.accept("nothing")) {
            return new OnConflict(in.spanFrom(first), arbiter, List.of(), Optional.empty());
        }
        in.expect("update", "set");
        List<Assignment> assignments = in.list(() -> Changes.readAssignment(in));
        Optional<Expression> where = in.accept("where") ? Optional.of(Expressions.read(in)) : Optional.empty();
        return new OnConflict(in.spanFrom(first), arbiter, assignments, where);
    }

    private Arbiter arbiter() {
        int first = in.position();
        if (in.accept("on", "constraint")) {
            Optional<String> constraint = Optional.of(in.columnName());
            return new Arbiter(in.spanFrom(first), constraint, List.of(), Optional.empty());
        }
        List<Expression> elements = in.inside(() -> in.list(this::element));
        Optional<Expression> where = in.accept("where") ? Optional.of(Expressions.read(in)) : Optional.empty();
        return new Arbiter(in.spanFrom(first), Optional.empty(), elements, where);
    }

    /// Reads a column, a function or an expression in parentheses, as in an index.
    private Expression element() {
        Expression element = Primaries.read(in);
        if (!in.isAtEnd() && in.kind() != TokenKind.COMMA) {
            throw in.refuse("an element of ON CONFLICT has a collation or an operator class");
        }
        return element;
    }
}
