package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.SelectItem;
import java.util.List;
import java.util.Optional;

/// Reads the columns of results.
final class SelectItems {
    private SelectItems() {}

    static SelectItem read(Cursor in) {
        int first = in.position();
        if (in.accept(TokenKind.STAR)) {
            Expression star = new Expression.Star(in.spanFrom(first), List.of());
            return new SelectItem(star.span(), star, Optional.empty());
        }
        Expression expression = Expressions.read(in);
        boolean isNamed =
                in.accept("as") || in.kind() == TokenKind.WORD || in.kind().isQuotedName();
        Optional<String> alias = isNamed ? Optional.of(in.label()) : Optional.empty();
        return new SelectItem(in.spanFrom(first), expression, alias);
    }

    /// Reads `RETURNING`, if that is next.
    static Optional<Returning> readReturning(Cursor in) {
        int first = in.position();
        if (!in.accept("returning")) {
            return Optional.empty();
        }
        Optional<String> oldName = Optional.empty();
        Optional<String> newName = Optional.empty();
        if (in.accept("with")) {
            for (Renaming renaming : in.inside(() -> in.list(() -> renaming(in)))) {
                if (renaming.old() ? oldName.isPresent() : newName.isPresent()) {
                    throw in.refuse("a row has two names in RETURNING");
                }
                oldName = renaming.old() ? Optional.of(renaming.name()) : oldName;
                newName = renaming.old() ? newName : Optional.of(renaming.name());
            }
        }
        List<SelectItem> items = in.list(() -> read(in));
        return Optional.of(new Returning(in.spanFrom(first), oldName, newName, items));
    }

    /// `OLD AS name` or `NEW AS name`
    private record Renaming(boolean old, String name) {}

    private static Renaming renaming(Cursor in) {
        boolean old = in.accept("old");
        if (!old) {
            in.expect("new");
        }
        in.expect("as");
        return new Renaming(old, in.columnName());
    }
}
