package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads windows, in the clause `WINDOW` and after `OVER`.
final class Windows {
    private static final Set<String> FRAMES = Set.of("rows", "range", "groups");
    /// Words that can stand in a window in the place of the name of another one.
    private static final Set<String> CLAUSES = Set.of("partition", "order", "rows", "range", "groups");

    private Windows() {}

    static Optional<Window> readOver(Cursor in) {
        int first = in.position();
        in.expect("over");
        if (in.kind() == TokenKind.OPEN) {
            Window.Definition definition = definition(in, in.position(), Optional.empty());
            return Optional.of(new Window.Inline(in.spanFrom(first), definition));
        }
        String name = in.columnName();
        return Optional.of(new Window.Named(in.spanFrom(first), name));
    }

    /// Reads `name AS (…)`.
    static Window.Definition readNamed(Cursor in) {
        int first = in.position();
        String name = in.columnName();
        in.expect("as");
        return definition(in, first, Optional.of(name));
    }

    private static Window.Definition definition(Cursor in, int first, Optional<String> name) {
        if (in.kind() != TokenKind.OPEN) {
            throw in.unexpected();
        }
        int close = in.brackets().close(in.position());
        in.step();
        Window.Definition definition = in.within(close, () -> {
            Optional<String> base = in.isColumnName(0) && !CLAUSES.contains(in.keyword())
                    ? Optional.of(in.columnName())
                    : Optional.empty();
            List<Expression> partitionBy = in.accept("partition", "by") ? Expressions.readList(in) : List.of();
            List<SortItem> orderBy = in.isNext("order") ? SortItems.read(in) : List.of();
            Optional<Window.Frame> frame = FRAMES.contains(in.keyword()) ? Optional.of(frame(in)) : Optional.empty();
            return new Window.Definition(in.spanFrom(first), name, base, partitionBy, orderBy, frame);
        });
        in.step();
        return definition;
    }

    private static Window.Frame frame(Cursor in) {
        int first = in.position();
        List<Expression> offsets = new ArrayList<>();
        in.acceptAny(FRAMES);
        if (in.accept("between")) {
            bound(in, offsets);
            in.expect("and");
        }
        bound(in, offsets);
        if (in.accept("exclude")
                && !in.accept("current", "row")
                && !in.accept("group")
                && !in.accept("ties")
                && !in.accept("no", "others")) {
            throw in.unexpected();
        }
        return new Window.Frame(in.spanFrom(first), offsets);
    }

    private static void bound(Cursor in, List<Expression> offsets) {
        if (in.accept("current", "row")) {
            return;
        }
        if (!in.accept("unbounded")) {
            offsets.add(Expressions.read(in));
        }
        if (!in.accept("preceding")) {
            in.expect("following");
        }
    }
}
