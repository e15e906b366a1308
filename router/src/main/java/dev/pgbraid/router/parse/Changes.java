package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Delete;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.Update;
import dev.pgbraid.router.tree.With;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `UPDATE` and `DELETE`.
final class Changes {
    private static final Set<String> AFTER_FROM = Set.of("where", "returning");

    private Changes() {}

    static Update readUpdate(Cursor in, int first, Optional<With> with) {
        in.expect("update");
        FromItem.Table target = Relations.readTarget(in);
        in.expect("set");
        List<Assignment> assignments = in.list(() -> readAssignment(in));
        List<FromItem> from = in.accept("from") ? fromItems(in) : List.of();
        Optional<Expression> where = where(in);
        Optional<Returning> returning = SelectItems.readReturning(in);
        return new Update(in.spanFrom(first), with, target, assignments, from, where, returning);
    }

    static Delete readDelete(Cursor in, int first, Optional<With> with) {
        in.expect("delete", "from");
        FromItem.Table target = Relations.readTarget(in);
        List<FromItem> using = in.accept("using") ? fromItems(in) : List.of();
        Optional<Expression> where = where(in);
        Optional<Returning> returning = SelectItems.readReturning(in);
        return new Delete(in.spanFrom(first), with, target, using, where, returning);
    }

    static Assignment readAssignment(Cursor in) {
        int first = in.position();
        boolean multiple = in.kind() == TokenKind.OPEN;
        List<Expression> targets = multiple ? in.inside(() -> in.list(() -> readColumn(in))) : List.of(readColumn(in));
        in.expect(TokenKind.EQUALS);
        Expression value = Expressions.read(in);
        return new Assignment(in.spanFrom(first), targets, multiple, value);
    }

    /// Reads a column that is given a value, or a part of one.
    static Expression readColumn(Cursor in) {
        if (!in.isColumnName(0)) {
            throw in.unexpected();
        }
        Expression column = Primaries.read(in);
        return switch (column) {
            case Expression.Column _, Expression.Subscript _, Expression.Field _ -> column;
            default -> throw in.refuse("no column is where one is given a value");
        };
    }

    private static List<FromItem> fromItems(Cursor in) {
        return in.within(in.find(AFTER_FROM), () -> Joins.read(in));
    }

    private static Optional<Expression> where(Cursor in) {
        if (!in.accept("where")) {
            return Optional.empty();
        }
        int first = in.position();
        if (in.accept("current", "of")) {
            if (in.kind() == TokenKind.PARAMETER) {
                throw in.refuse("a cursor is named by a parameter");
            }
            String cursor = in.columnName();
            return Optional.of(new Expression.CurrentOf(in.spanFrom(first), cursor));
        }
        return Optional.of(Expressions.read(in));
    }
}
